package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.topic.Topics.TopicSettings;
import io.tidegate.contracts.wire.Examples.Example;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiTest {

    private static final JsonNode DOCUMENT = document();

    @Test
    void itsChannelsAreTheTopicsWithTheirSettings() {
        Map<String, Map<String, String>> expected = new TreeMap<>();
        Topics.all().forEach(topic -> expected.put(topic.name(), new TreeMap<>(topic.configs())));
        Map<String, Map<String, String>> actual = new TreeMap<>();
        channels().forEach(channel -> {
            Map<String, String> configs = new TreeMap<>();
            JsonNode binding = channel.path("bindings").path("kafka");
            binding.path("topicConfiguration")
                    .forEachEntry(
                            (name, value) -> configs.put(name, (value.isArray() ? value.path(0) : value).asText()));
            actual.put(channel.path("address").asText(), configs);
            assertEquals(Topics.PARTITIONS, binding.path("partitions").asInt());
            assertEquals(channel.path("address"), binding.path("topic"));
        });

        assertEquals(expected, actual);
    }

    @Test
    void itsMessagesAreTheEventTypesWithTheirSchemas() {
        assertEquals(
                Arrays.stream(EventType.values())
                        .map(EventType::shortName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                names(messages()));
        for (EventType type : EventType.values()) {
            JsonNode message = messages().path(type.shortName());
            assertEquals(type.wireName(), message.path("name").asText());
            assertEquals(
                    "./" + Schemas.file(type),
                    message.path("payload").path("schema").path("$ref").asText());
            assertEquals(
                    type.wireName(),
                    message.at("/headers/allOf/1/properties/ce_type/const").asText());
        }
    }

    @Test
    void eachChannelHasTheMessagesThatItsReaderTakes() {
        Set<String> facts = Set.of("policy", "workload", "sample", "tick", "outcome");
        Set<String> targets = Set.of("target", "heartbeat");
        Map<String, Set<String>> expected = Map.of(
                Topics.FACTS,
                facts,
                Topics.deadLetter(Topics.FACTS),
                facts,
                Topics.DECISIONS,
                Set.of("decision"),
                Topics.TARGETS,
                targets,
                Topics.deadLetter(Topics.TARGETS),
                targets,
                Topics.POLICIES,
                Set.of("policy"),
                Topics.WORKLOADS,
                Set.of("workload"));

        assertEquals(
                expected,
                channels()
                        .collect(Collectors.toMap(
                                channel -> channel.path("address").asText(),
                                channel -> names(channel.path("messages")))));
    }

    @Test
    void eachTopicIsWrittenBySomeService() {
        Set<String> written = DOCUMENT.path("operations")
                .valueStream()
                .filter(operation -> operation.path("action").asText().equals("send"))
                .map(operation -> operation.path("channel").path("$ref").asText())
                .map(reference -> at(reference).path("address").asText())
                .collect(Collectors.toSet());

        assertEquals(Topics.all().stream().map(TopicSettings::name).collect(Collectors.toSet()), written);
    }

    @Test
    void allItsReferencesLeadSomewhere() {
        List<String> references = DOCUMENT.findValuesAsText("$ref");

        assertFalse(references.isEmpty());
        references.forEach(reference -> {
            if (reference.startsWith("#")) {
                assertFalse(at(reference).isMissingNode(), reference);
            } else {
                assertNotNull(
                        EventType.class.getResource("/io/tidegate/contracts/" + reference.substring(2)), reference);
            }
        });
    }

    @Test
    void itNamesTheHeaderThatSaysWhyARecordWasSetAside() {
        channels()
                .filter(channel -> channel.path("address").asText().endsWith(".dlq"))
                .forEach(channel -> {
                    for (String header : List.of(
                            DeadLetterHeaders.REASON,
                            DeadLetterHeaders.TOPIC,
                            DeadLetterHeaders.PARTITION,
                            DeadLetterHeaders.OFFSET)) {
                        assertTrue(channel.path("description").asText().contains(header), header);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void describesTheKeyAndHeadersThatAreWritten(Example example) {
        JsonNode message = messages().path(example.type().shortName());
        Map<String, String> written = new TreeMap<>();
        for (Header header : example.record().headers()) {
            written.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        JsonNode headers = at(message.at("/headers/allOf/0/$ref").asText());
        JsonNode key = at(message.at("/bindings/kafka/key/$ref").asText());

        assertTrue(names(headers.path("properties")).containsAll(written.keySet()), written.toString());
        assertEquals(Set.of(), violations(headers, Json.mapper().valueToTree(written)));
        assertEquals(
                Set.of(),
                violations(key, Json.mapper().valueToTree(example.record().key())));
    }

    @Test
    void describesNoHeaderThatIsNotWritten() {
        Set<String> written = examples().stream()
                .flatMap(example -> Arrays.stream(example.record().headers().toArray()))
                .map(Header::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(written, names(DOCUMENT.at("/components/schemas/cloudEventHeaders/properties")));
    }

    static List<Example> examples() {
        return Examples.all();
    }

    private static Set<?> violations(JsonNode schema, JsonNode value) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema)
                .validate(value);
    }

    private static Stream<JsonNode> channels() {
        return DOCUMENT.path("channels").valueStream();
    }

    private static JsonNode messages() {
        return DOCUMENT.path("components").path("messages");
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode at(String reference) {
        return DOCUMENT.at(reference.substring(1));
    }

    private static JsonNode document() {
        try (InputStream content = Objects.requireNonNull(
                EventType.class.getResourceAsStream("/io/tidegate/contracts/asyncapi.yaml"), "asyncapi.yaml")) {
            return new YAMLMapper().readTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
