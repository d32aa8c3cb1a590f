package io.tidegate.tools.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Writes {@code docs/topics-reference.md}: what the AsyncAPI document and the schemas say, to be read by people. */
public final class TopicReference {

    private static final Path CONTRACTS = Path.of("contracts/src/main/resources/io/tidegate/contracts");
    private static final Path EXAMPLES = Path.of("contracts/src/test/resources/golden/v1");
    private static final JsonMapper JSON = new JsonMapper();

    private final Path root;
    private final JsonNode api;
    private final StringBuilder text = new StringBuilder();

    private TopicReference(Path root, JsonNode api) {
        this.root = root;
        this.api = api;
    }

    /**
     * Writes the document.
     *
     * @param arguments the repository's folder
     * @throws IOException if a source can't be read or the document not be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: TopicReference REPOSITORY");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]);
        Files.writeString(document(root), render(root));
        System.out.println("docs/topics-reference.md is written");
    }

    static Path document(Path root) {
        return root.resolve("docs/topics-reference.md");
    }

    static String render(Path root) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Object api = yaml.load(Files.readString(root.resolve(CONTRACTS).resolve("asyncapi.yaml")));
        TopicReference reference = new TopicReference(root, JSON.valueToTree(api));
        reference.write();
        return reference.text.toString();
    }

    private void write() throws IOException {
        text.append("""
                # Topics: reference

                Made from [asyncapi.yaml](../contracts/src/main/resources/io/tidegate/contracts/asyncapi.yaml) and the schemas beside it by
                `./tidegate docs`; don't edit it by hand. How to read the topics is in [topics.md](topics.md).

                """);
        text.append(api.at("/info/description").asText()).append("\n\n## Topics\n");
        for (JsonNode channel : api.path("channels")) {
            topic(channel);
        }
        text.append("\n## Headers\n\n| header | required | meaning |\n|---|---|---|\n");
        JsonNode headers = api.at("/components/schemas/cloudEventHeaders");
        headers.path("properties")
                .properties()
                .forEach(header -> row(
                        code(header.getKey()),
                        isRequired(headers, header.getKey()) ? "yes" : "no",
                        meaning(header.getValue())));
        for (JsonNode message : api.at("/components/messages")) {
            message(message);
        }
    }

    private void topic(JsonNode channel) {
        String address = channel.path("address").asText();
        text.append("\n### `").append(address).append("`\n\n");
        text.append(channel.path("description").asText().strip()).append("\n\n");
        JsonNode kafka = channel.at("/bindings/kafka");
        List<String> settings =
                new ArrayList<>(List.of("partitions " + kafka.path("partitions").asText()));
        kafka.path("topicConfiguration")
                .properties()
                .forEach(setting -> settings.add(setting.getKey() + " "
                        + (setting.getValue().isArray()
                                ? texts(setting.getValue(), ",")
                                : setting.getValue().asText())));
        text.append("- Settings: `").append(String.join("`, `", settings)).append("`\n");
        for (JsonNode operation : api.path("operations")) {
            if (resolve(operation.path("channel")).equals(channel)) {
                text.append("- ").append(operation.path("summary").asText()).append('\n');
            }
        }
        text.append("- Messages: ")
                .append(stream(channel.path("messages"))
                        .map(this::resolve)
                        .map(message -> "[%s](#%s)"
                                .formatted(
                                        message.path("title").asText(),
                                        anchor(message.path("name").asText())))
                        .collect(Collectors.joining(", ")))
                .append('\n');
    }

    private void message(JsonNode message) throws IOException {
        String name = message.path("name").asText();
        text.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(message.path("summary").asText().strip());
        JsonNode key = resolve(message.at("/bindings/kafka/key"));
        text.append("\n\nKey: ").append(key.path("description").asText()).append("\n\n");
        String file = message.at("/payload/schema/$ref").asText().substring(2);
        JsonNode schema = JSON.readTree(root.resolve(CONTRACTS).resolve(file).toFile());
        text.append("Schema: [").append(file.substring(file.indexOf('/') + 1)).append("](../");
        text.append(CONTRACTS)
                .append('/')
                .append(file)
                .append("). Examples: ")
                .append(examples(name))
                .append(".\n\n");
        text.append("| property | type | required | unit | class | meaning |\n|---|---|---|---|---|---|\n");
        properties(schema, schema, "", List.of());
    }

    private String examples(String name) throws IOException {
        String[] segments = name.split("\\.", -1);
        try (var files = Files.list(root.resolve(EXAMPLES))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(segments[segments.length - 2] + "."))
                    .sorted()
                    .map(file -> "[%s](../%s/%s)".formatted(file.split("\\.", -1)[1], EXAMPLES, file))
                    .collect(Collectors.joining(", "));
        }
    }

    /** A row for each property, those of objects in objects too. */
    private void properties(JsonNode schema, JsonNode document, String prefix, List<JsonNode> above) {
        JsonNode resolved = local(schema, document);
        if (above.contains(resolved)) {
            return;
        }
        List<JsonNode> path = new ArrayList<>(above);
        path.add(resolved);
        resolved.path("properties").properties().forEach(entry -> {
            JsonNode property = entry.getValue();
            JsonNode type = local(property, document);
            String name = prefix + entry.getKey();
            row(
                    code(name),
                    type(type, document),
                    isRequired(resolved, entry.getKey()) ? "yes" : "no",
                    either(property, type, "x-unit"),
                    either(property, type, "x-classification"),
                    meaning(property.has("description") ? property : type)
                            + (type.has("enum") ? " One of `" + texts(type.path("enum"), "`, `") + "`." : ""));
            properties(type, document, name + ".", path);
            if (type.path("type").asText().equals("array")) {
                properties(type.path("items"), document, name + "[].", path);
            }
            if (type.path("additionalProperties").isObject()) {
                properties(type.path("additionalProperties"), document, name + ".*.", path);
            }
        });
        // One of several shapes.
        for (JsonNode shape : resolved.path("oneOf")) {
            if (shape.has("$ref")) {
                properties(shape, document, prefix, path);
            }
        }
    }

    private static String type(JsonNode type, JsonNode document) {
        if (type.path("type").asText().equals("array")) {
            return "array of " + type(local(type.path("items"), document), document);
        }
        if (type.has("const")) {
            return code(type.path("const").asText());
        }
        return type.has("type") ? texts(type.path("type"), " or ") : "object";
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String either(JsonNode property, JsonNode type, String key) {
        return property.has(key) ? property.path(key).asText() : type.path(key).asText();
    }

    private static String meaning(JsonNode schema) {
        return schema.path("description").asText().strip().replace("\n", " ").replace("|", "\\|");
    }

    private static boolean isRequired(JsonNode schema, String property) {
        return stream(schema.path("required")).anyMatch(one -> one.asText().equals(property));
    }

    private static String texts(JsonNode values, String separator) {
        return values.isArray()
                ? stream(values).map(JsonNode::asText).collect(Collectors.joining(separator))
                : values.asText();
    }

    private static String code(String name) {
        return "`" + name + "`";
    }

    /** As Markdown's readers make it of a heading. */
    private static String anchor(String heading) {
        return heading.replace(".", "");
    }

    /** What a reference within the AsyncAPI document names. */
    private JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = api.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }

    private static JsonNode local(JsonNode schema, JsonNode document) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = document.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }

    private static Stream<JsonNode> stream(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false);
    }
}
