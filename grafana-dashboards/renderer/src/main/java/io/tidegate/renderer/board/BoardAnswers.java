package io.tidegate.renderer.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.testbed.prometheus.PrometheusApi;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;

/** All that a dashboard asks a Prometheus for, and the answers, as one tree: what the page is drawn from. */
public final class BoardAnswers {

    /** Points of a line on a panel as wide as the dashboard. */
    private static final int PIXELS = 1370;

    private static final int COLUMNS = 24;

    private final Board board;
    private final Map<String, String> chosen;
    private final Span span;
    private final PrometheusApi prometheus;
    private final Expressions expressions;

    private BoardAnswers(Board board, Map<String, String> chosen, Span span, PrometheusApi prometheus) {
        this.board = board;
        this.chosen = chosen;
        this.span = span;
        this.prometheus = prometheus;
        this.expressions = new Expressions(board, chosen, span);
    }

    /**
     * Asks each query of each panel and annotation.
     *
     * @param chosen values of variables; of others, all are chosen
     * @return {@code board} as it is; {@code chosen}; {@code from} and {@code to} in seconds; {@code panels}, by their ids, with {@code step}
     *     and {@code series} of {@code query} (the index of the target), {@code labels} and {@code points}, pairs of a time in
     *     seconds and a number or null; {@code marks} with {@code color} and {@code at}, times in seconds
     */
    public static ObjectNode ask(Board board, Map<String, String> chosen, Span span, PrometheusApi prometheus) {
        return new BoardAnswers(board, chosen, span, prometheus).tree();
    }

    private ObjectNode tree() {
        ObjectNode tree = new JsonMapper().createObjectNode();
        tree.set("board", board.json());
        ObjectNode choices = tree.putObject("chosen");
        chosen.forEach(choices::put);
        tree.put("from", seconds(span.from()));
        tree.put("to", seconds(span.to()));
        ObjectNode panels = tree.putObject("panels");
        for (JsonNode panel : board.panels()) {
            ObjectNode node = panels.putObject(panel.path("id").asText());
            long step = span.step(PIXELS * panel.at("/gridPos/w").asInt(COLUMNS) / COLUMNS);
            node.put("step", step);
            panel(node.putArray("series"), panel, step);
        }
        marks(tree.putArray("marks"));
        return tree;
    }

    private void panel(ArrayNode all, JsonNode panel, long step) {
        int query = 0;
        for (JsonNode target : panel.path("targets")) {
            String expr = expressions.fill(target.path("expr").asText(), step);
            JsonNode answer = target.path("instant").asBoolean() ? prometheus.at(expr, span.to()) : over(expr, step);
            for (JsonNode one : answer) {
                ObjectNode series = all.addObject();
                series.put("query", query);
                series.set("labels", one.path("metric"));
                points(series.putArray("points"), one);
            }
            query++;
        }
    }

    /** Grafana's steps lie at multiples of their length, too. */
    private JsonNode over(String expr, long step) {
        long first = Math.floorDiv(span.from().getEpochSecond(), step) * step;
        return prometheus.over(expr, Instant.ofEpochSecond(first), span.to(), step);
    }

    private static void points(ArrayNode points, JsonNode series) {
        if (series.has("value")) {
            point(points, series.path("value"));
        }
        series.path("values").forEach(pair -> point(points, pair));
    }

    private static void point(ArrayNode points, JsonNode pair) {
        ArrayNode point = points.addArray().add(pair.path(0).asDouble());
        double value = number(pair.path(1).asText());
        if (Double.isFinite(value)) {
            point.add(value);
        } else {
            point.addNull();
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "-Inf" -> Double.POSITIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private void marks(ArrayNode marks) {
        for (JsonNode annotation : board.json().at("/annotations/list")) {
            long step = span.interval().toSeconds();
            TreeSet<Double> times = new TreeSet<>();
            for (JsonNode series : over(expressions.fill(annotation.path("expr").asText(), step), step)) {
                series.path("values")
                        .forEach(pair -> times.add(number(pair.path(1).asText()) / 1000));
            }
            for (double time : times) {
                if (time >= seconds(span.from()) && time <= seconds(span.to())) {
                    marks.addObject()
                            .put("color", annotation.path("iconColor").asText())
                            .put("at", time);
                }
            }
        }
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
