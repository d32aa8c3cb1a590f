package io.tidegate.it.watched;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The queries of all dashboards and recording rules, as they are committed. */
final class ShippedQueries {

    private static final Path FOLDER = TestbedHome.root().resolve("grafana-dashboards");

    private ShippedQueries() {}

    /**
     * A query.
     *
     * @param where which panel, annotation, variable or rule
     * @param expr PromQL, with the choices of the dashboard at all
     */
    record Shipped(String where, String expr) {}

    static List<Shipped> ofDashboards() throws IOException {
        List<Shipped> queries = new ArrayList<>();
        for (Path file : files("dashboards", ".json")) {
            JsonNode board = new JsonMapper().readTree(file.toFile());
            String uid = board.path("uid").asText();
            for (JsonNode panel : board.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Shipped(
                            uid + "/" + panel.path("title").asText(),
                            all(target.path("expr").asText())));
                }
            }
            for (JsonNode annotation : board.at("/annotations/list")) {
                queries.add(new Shipped(
                        uid + "/annotation", all(annotation.path("expr").asText())));
            }
            for (JsonNode variable : board.at("/templating/list")) {
                String query = variable.path("query").asText();
                if (query.startsWith("label_values(")) {
                    queries.add(new Shipped(
                            uid + "/variable " + variable.path("name").asText(),
                            all(query.substring("label_values(".length(), query.lastIndexOf(',')))));
                }
            }
        }
        return queries;
    }

    static List<Shipped> ofRules() throws IOException {
        List<Shipped> queries = new ArrayList<>();
        ObjectMapper yaml = new YAMLMapper();
        for (Path file : files("rules", ".rules.yaml")) {
            for (JsonNode group : yaml.readTree(file.toFile()).path("groups")) {
                for (JsonNode rule : group.path("rules")) {
                    if (rule.has("record")) {
                        queries.add(new Shipped(
                                rule.path("record").asText(), rule.path("expr").asText()));
                    }
                }
            }
        }
        return queries;
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    /** Grafana's variables, as it fills them in: all is chosen, and the time is the last minute. */
    private static String all(String expr) {
        return expr.replaceAll(Pattern.quote("$__rate_interval"), "1m")
                .replaceAll(Pattern.quote("$__range_s"), "60")
                .replaceAll(Pattern.quote("$__range"), "60s")
                .replaceAll("\\$(cluster|namespace|workload|component|instance)\\b", ".*");
    }
}
