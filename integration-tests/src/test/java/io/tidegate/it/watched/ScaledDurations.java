package io.tidegate.it.watched;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.testbed.files.TestbedHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shipped rules and the example for Alertmanager with shorter waits: each {@code for}, {@code group_wait},
 * {@code group_interval} and {@code repeat_interval} takes a sixtieth of its time, so that hours become minutes, minutes seconds,
 * and what is shorter one second. Expressions stay as they are, their ranges included.
 */
final class ScaledDurations {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RULES = TestbedHome.root().resolve("grafana-dashboards/rules");
    private static final Pattern TIME = Pattern.compile("([0-9]+)([hms])");
    private static final Set<String> WAITS = Set.of("group_wait", "group_interval", "repeat_interval");

    private ScaledDurations() {}

    /** Writes the rules into a folder, to be evaluated each second. */
    static Path rules(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".rules.yaml")).toList()) {
                JsonNode rules = YAML.readTree(file.toFile());
                for (JsonNode group : rules.path("groups")) {
                    ((ObjectNode) group).put("interval", "1s");
                    for (JsonNode rule : group.path("rules")) {
                        if (rule.has("for")) {
                            ((ObjectNode) rule)
                                    .put("for", scaled(rule.path("for").asText()));
                        }
                    }
                }
                Files.writeString(folder.resolve(file.getFileName()), YAML.writeValueAsString(rules));
            }
        }
        return folder;
    }

    /**
     * Writes the example, each of whose receivers tells the catcher.
     *
     * @param namespace stands for the namespace that the example names
     */
    static Path alertmanager(Path file, AlertCatcher catcher, String namespace) throws IOException {
        JsonNode example = YAML.readTree(example().toFile());
        route((ObjectNode) example.path("route"), namespace);
        for (JsonNode receiver : example.path("receivers")) {
            ((ObjectNode) receiver)
                    .putArray("webhook_configs")
                    .addObject()
                    .put("url", catcher.address(receiver.path("name").asText()).toString());
        }
        return Files.writeString(file, YAML.writeValueAsString(example));
    }

    /** The example as it is shipped. */
    static Path example() {
        return RULES.resolve("examples/alertmanager.yaml");
    }

    private static void route(ObjectNode route, String namespace) {
        for (String wait : WAITS) {
            if (route.has(wait)) {
                route.put(wait, scaled(route.path(wait).asText()));
            }
        }
        ArrayNode matchers = route.withArray("matchers");
        for (int i = 0; i < matchers.size(); i++) {
            String matcher = matchers.get(i).asText();
            matchers.set(i, new TextNode(matcher.replace("namespace=\"sales\"", "namespace=\"" + namespace + "\"")));
        }
        if (matchers.isEmpty()) {
            route.remove("matchers");
        }
        for (JsonNode child : route.path("routes")) {
            route((ObjectNode) child, namespace);
        }
    }

    private static String scaled(String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a time of one unit: " + time);
        }
        return switch (matcher.group(2)) {
            case "h" -> matcher.group(1) + "m";
            case "m" -> matcher.group(1) + "s";
            default -> "1s";
        };
    }
}
