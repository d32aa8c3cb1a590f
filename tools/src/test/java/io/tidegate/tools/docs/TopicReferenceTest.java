package io.tidegate.tools.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TopicReferenceTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path CONTRACTS = ROOT.resolve("contracts/src/main/resources/io/tidegate/contracts");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void committedDocumentIsWhatTheSourcesGive() throws IOException {
        assertEquals(
                TopicReference.render(ROOT),
                Files.readString(TopicReference.document(ROOT)),
                "docs/topics-reference.md is out of date: run ./tidegate docs");
    }

    @Test
    void hasEachTopicAndEachMessage() throws IOException {
        String text = TopicReference.render(ROOT);
        JsonNode api = YAML.readTree(CONTRACTS.resolve("asyncapi.yaml").toFile());
        assertEquals(7, api.path("channels").size());
        api.path("channels")
                .forEach(channel -> assertTrue(
                        text.contains("\n### `" + channel.path("address").asText() + "`\n"), channel.toString()));
        api.at("/components/messages")
                .forEach(message ->
                        assertTrue(text.contains("\n## " + message.path("name").asText() + "\n"), message.toString()));
    }

    /** Properties that only conditions name are no rows: they are those of the object that the condition is on. */
    @Test
    void hasARowForEachPropertyOfEachSchemaAndNoneWithoutWords() throws IOException {
        String text = TopicReference.render(ROOT);
        List<Executable> checks = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONTRACTS.resolve("schemas"))) {
            for (Path file :
                    files.filter(file -> !file.toString().contains("executors")).toList()) {
                JsonNode schema = YAML.readTree(file.toFile());
                String section = text.substring(
                        text.indexOf("\n## " + schema.path("title").asText() + "\n"));
                int end = section.indexOf("\n## ", 1);
                String rows = end < 0 ? section : section.substring(0, end);
                Set<String> names = new TreeSet<>();
                schema.path("properties").fieldNames().forEachRemaining(names::add);
                schema.path("$defs")
                        .forEach(type -> type.path("properties").fieldNames().forEachRemaining(names::add));
                names.forEach(name -> checks.add(() -> assertTrue(
                        Pattern.compile("\\| `([^`]*\\.)?" + name + "` \\|")
                                .matcher(rows)
                                .find(),
                        () -> file.getFileName() + " has " + name)));
            }
        }
        assertTrue(checks.size() > 150, checks.size() + " properties");
        assertAll(checks);
        Matcher silent = Pattern.compile("\\n\\| `[^\\n]*\\|  \\|\\n").matcher(text);
        assertTrue(!silent.find(), () -> "a row without words: " + silent.group());
    }
}
