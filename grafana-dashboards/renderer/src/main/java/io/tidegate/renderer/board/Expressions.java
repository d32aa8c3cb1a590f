package io.tidegate.renderer.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the variables of a dashboard into its queries, as Grafana does. */
final class Expressions {

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    private final Board board;
    private final Map<String, String> chosen;
    private final Span span;

    /** @param chosen values of variables; of others, all are chosen */
    Expressions(Board board, Map<String, String> chosen, Span span) {
        this.board = board;
        this.chosen = Map.copyOf(chosen);
        this.span = span;
    }

    /**
     * PromQL that Prometheus reads.
     *
     * @throws IllegalArgumentException if it names a variable that the dashboard does not have
     */
    String fill(String expr, long step) {
        Matcher matcher = VARIABLE.matcher(expr);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(name, step)));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String name, long step) {
        return switch (name) {
            case "__interval" -> step + "s";
            case "__rate_interval" -> span.rateSeconds(step) + "s";
            case "__range" -> span.seconds() + "s";
            case "__range_s" -> Long.toString(span.seconds());
            default -> {
                String one = chosen.get(name);
                yield one == null ? all(name) : one;
            }
        };
    }

    private String all(String name) {
        for (JsonNode variable : board.json().at("/templating/list")) {
            if (variable.path("name").asText().equals(name) && variable.has("allValue")) {
                return variable.path("allValue").asText();
            }
        }
        throw new IllegalArgumentException(board.uid() + " has no variable " + name + " of which all can be chosen");
    }
}
