package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.spark.ExecutorsState;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas say of each component of each record what its type says: name, type, range, whether it may be absent. */
class SchemaShapeTest {

    private static final Set<String> CLASSIFICATIONS = Set.of("public", "internal", "personal");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void saysWhatTheRecordSays(EventType type) {
        JsonNode schema = Schemas.json(type);

        new Walk(schema).assertIsRecord(recordOf(type), schema, type.shortName(), Set.of());
    }

    @Test
    void saysWhatTheAnnotationsSay() {
        JsonNode desired = Schemas.json(Schemas.EXECUTORS);
        JsonNode state = Schemas.json(Schemas.EXECUTORS_STATE);

        new Walk(desired).assertIsRecord(DesiredExecutors.class, desired, "executors", Set.of());
        new Walk(state).assertIsRecord(ExecutorsState.class, state, "executors-state", Set.of());
        assertEquals(DesiredExecutors.ANNOTATION, desired.path("title").textValue());
        assertEquals(ExecutorsState.ANNOTATION, state.path("title").textValue());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void hasNoDefinitionThatNothingRefersTo(EventType type) {
        JsonNode schema = Schemas.json(type);
        Set<String> referred = schema.findValuesAsText("$ref").stream()
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(names(schema.path("$defs")), referred);
    }

    private static Class<?> recordOf(EventType type) {
        return switch (type) {
            case POLICY -> PolicyFact.class;
            case WORKLOAD -> WorkloadFact.class;
            case SAMPLE -> SampleFact.class;
            case TICK -> TickFact.class;
            case OUTCOME -> OutcomeFact.class;
            case DECISION -> DecisionRecord.class;
            case TARGET -> Target.class;
            case HEARTBEAT -> Heartbeat.class;
        };
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private record Walk(JsonNode root) {

        void assertIsRecord(Class<?> type, JsonNode schema, String at, Set<String> besides) {
            RecordComponent[] components = assertNotNullArray(type.getRecordComponents(), at);
            assertEquals("object", schema.path("type").textValue(), at);
            assertTrue(!schema.has("additionalProperties"), at + " must stay open to properties of later versions");
            assertEquals(
                    Stream.concat(Arrays.stream(components).map(RecordComponent::getName), besides.stream())
                            .collect(Collectors.toCollection(TreeSet::new)),
                    names(schema.path("properties")),
                    at);
            Set<String> required = Arrays.stream(components)
                    .filter(component -> !isNullable(component))
                    .map(RecordComponent::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            required.addAll(besides);
            assertEquals(
                    required,
                    schema.path("required")
                            .valueStream()
                            .map(JsonNode::textValue)
                            .collect(Collectors.toCollection(TreeSet::new)),
                    at + " required");
            for (RecordComponent component : components) {
                JsonNode property = schema.path("properties").path(component.getName());
                assertIsDescribed(property, at + "." + component.getName());
                assertIs(component.getGenericType(), property, at + "." + component.getName());
            }
            besides.forEach(name -> assertIsDescribed(schema.path("properties").path(name), at + "." + name));
        }

        private void assertIsDescribed(JsonNode property, String at) {
            String description = property.path("description").asText();
            assertTrue(description.endsWith(".") && description.length() > 3, at + " has no description");
            String classification = property.path("x-classification").asText();
            assertTrue(CLASSIFICATIONS.contains(classification), at + " x-classification: " + classification);
        }

        private void assertIs(Type type, JsonNode referring, String at) {
            JsonNode schema = resolved(referring);
            if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
                assertEquals("object", schema.path("type").textValue(), at);
                assertTrue(schema.path("maxProperties").canConvertToInt(), at + " needs maxProperties");
                assertIs(map.getActualTypeArguments()[1], schema.path("additionalProperties"), at + "{}");
                return;
            }
            if (type instanceof ParameterizedType list) {
                assertEquals("array", schema.path("type").textValue(), at);
                assertTrue(schema.path("maxItems").canConvertToInt(), at + " needs maxItems");
                assertIs(list.getActualTypeArguments()[0], schema.path("items"), at + "[]");
                return;
            }
            Class<?> raw = (Class<?>) type;
            if (raw == WorkloadId.class || raw == PolicyId.class) {
                assertEquals("string", schema.path("type").textValue(), at);
                assertTrue(schema.has("pattern"), at);
            } else if (raw.isEnum()) {
                assertEquals(
                        Arrays.stream(raw.getEnumConstants())
                                .map(Object::toString)
                                .toList(),
                        schema.path("enum")
                                .valueStream()
                                .map(JsonNode::textValue)
                                .toList(),
                        at);
            } else if (raw.isRecord()) {
                assertIsRecord(raw, schema, at, Set.of());
            } else if (raw == Reading.class) {
                assertIsReading(schema, at);
            } else {
                assertIsScalar(raw, schema, at);
            }
        }

        private void assertIsScalar(Class<?> type, JsonNode schema, String at) {
            String name = schema.path("type").asText();
            switch (type.getSimpleName()) {
                case "String", "Instant", "Duration" -> assertEquals("string", name, at);
                case "boolean", "Boolean" -> assertEquals("boolean", name, at);
                case "double", "Double" -> assertEquals("number", name, at);
                case "int", "Integer" -> {
                    assertEquals("integer", name, at);
                    assertTrue(schema.path("maximum").canConvertToInt(), at + " needs the range of an int");
                }
                case "long", "Long" -> {
                    assertEquals("integer", name, at);
                    assertTrue(schema.path("maximum").canConvertToLong(), at + " needs the range of a long");
                }
                default -> throw new AssertionError(at + " has a type this test doesn't know: " + type);
            }
            if (name.equals("integer") || name.equals("number")) {
                assertTrue(!schema.path("x-unit").asText().isEmpty(), at + " needs x-unit");
            }
            if (type == Instant.class) {
                assertEquals("date-time", schema.path("format").textValue(), at);
            }
            if (type == Duration.class) {
                assertEquals(KubernetesDuration.PATTERN, schema.path("pattern").textValue(), at);
            }
        }

        private void assertIsReading(JsonNode schema, String at) {
            JsonSubTypes subTypes = Reading.class.getAnnotation(JsonSubTypes.class);
            assertNotNull(subTypes);
            JsonNode choices = schema.path("oneOf");
            assertEquals(Reading.class.getPermittedSubclasses().length, subTypes.value().length);
            assertEquals(subTypes.value().length, choices.size(), at);
            for (int i = 0; i < choices.size(); i++) {
                JsonSubTypes.Type subType = subTypes.value()[i];
                JsonNode choice = resolved(choices.get(i));
                assertEquals(
                        subType.name(),
                        choice.path("properties").path("kind").path("const").textValue(),
                        at);
                assertIsRecord(subType.value(), choice, at + "." + subType.name(), Set.of("kind"));
            }
        }

        private JsonNode resolved(JsonNode schema) {
            String reference = schema.path("$ref").asText();
            return reference.isEmpty() ? schema : root.at(reference.substring(1));
        }

        private static RecordComponent[] assertNotNullArray(RecordComponent @Nullable [] components, String at) {
            assertNotNull(components, at + " is no record");
            return components;
        }

        private static boolean isNullable(RecordComponent component) {
            AnnotatedType type = component.getAnnotatedType();
            return type.isAnnotationPresent(Nullable.class);
        }
    }
}
