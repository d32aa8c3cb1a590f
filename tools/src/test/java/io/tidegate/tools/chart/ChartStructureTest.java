package io.tidegate.tools.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the chart without helm. */
class ChartStructureTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path CHART = ROOT.resolve("k8s/chart");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void defaultsAreAllowedByTheSchema() throws IOException {
        assertEquals(List.of(), problems(values()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{colector: {}}",
                "{cluster: a/b}",
                "{kafka: {bootstrapServers: nowhere}}",
                "{kafka: {bootstrapServers: 'a:1', properties: {sasl.jaas.config: secret}}}",
                "{watch: {namespaces: [Not_A_Name]}}",
                "{collector: {replicas: -1}}",
                "{collector: {config: {lag.period: 1s}}}",
                "{engine: {image: {repository: x, digest: sha256:12}}}",
                "{engine: {jvmOptions: [Xmx1g]}}",
                "{image: {pullPolicy: Sometimes}}",
                "{image: {registry: 'https://registry'}}",
                "{topics: {partitions: 0}}",
                "{admissionPolicy: {validationActions: []}}",
                "{networkPolicy: {kafka: {to: [{}]}}}",
                "{monitoring: {interval: often}}",
                "{strimzi: {users: {authentication: none}}}"
            })
    void schemaRefuses(String values) throws IOException {
        assertFalse(problems(YAML.readTree(values)).isEmpty(), values);
    }

    @Test
    void everyDefaultIsNamedInTheSchemaAndNothingElseIs() throws IOException {
        ObjectNode schema = (ObjectNode)
                new JsonMapper().readTree(CHART.resolve("values.schema.json").toFile());
        List<String> missing = new ArrayList<>();
        compare(values(), schema, schema.path("definitions"), "", missing);
        assertEquals(List.of(), missing);
    }

    @Test
    void versionIsTheProjects() throws IOException {
        JsonNode chart = YAML.readTree(CHART.resolve("Chart.yaml").toFile());
        String version = chart.path("appVersion").asText();
        assertTrue(
                Files.readString(ROOT.resolve("pom.xml")).contains("<version>" + version + "-SNAPSHOT</version>")
                        || Files.readString(ROOT.resolve("pom.xml")).contains("<version>" + version + "</version>"),
                version);
        assertEquals(version, chart.path("version").asText());
    }

    @Test
    void templatesNameNoRegistryAndNoLatestTag() throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains(":latest"), () -> file + " names a tag that moves");
                assertFalse(text.matches("(?s).*\\b(docker|ghcr|quay)\\.io\\b.*"), () -> file + " names a registry");
            }
        }
    }

    /** Both ways: a default that the schema does not know, a key of the schema that has no default. */
    private static void compare(
            JsonNode values, JsonNode schema, JsonNode definitions, String path, List<String> missing) {
        JsonNode resolved = schema.has("$ref")
                ? definitions.path(schema.path("$ref").asText().substring("#/definitions/".length()))
                : schema;
        JsonNode properties = resolved.path("properties");
        if (!values.isObject() || properties.isMissingNode() || values.isEmpty()) {
            return;
        }
        assertFalse(resolved.path("additionalProperties").asBoolean(true), () -> path + " allows unknown keys");
        values.properties().forEach(entry -> {
            String key = path + "/" + entry.getKey();
            if (properties.has(entry.getKey())) {
                compare(entry.getValue(), properties.path(entry.getKey()), definitions, key, missing);
            } else {
                missing.add(key + " is not in the schema");
            }
        });
        properties.fieldNames().forEachRemaining(name -> {
            if (!values.has(name) && !name.equals("global") && !path.endsWith("/resources")) {
                missing.add(path + "/" + name + " has no default");
            }
        });
    }

    private static JsonNode values() throws IOException {
        return YAML.readTree(CHART.resolve("values.yaml").toFile());
    }

    private static List<String> problems(JsonNode values) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(Files.readString(CHART.resolve("values.schema.json")));
        return schema.validate(values).stream().map(Object::toString).toList();
    }
}
