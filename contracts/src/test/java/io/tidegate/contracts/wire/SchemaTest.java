package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tidegate.contracts.wire.Examples.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schemas accept is what the codec reads: neither subscribers nor services meet a surprise. */
class SchemaTest {

    private static final JsonNode DEEP = tree("{\"a\": {\"b\": [1, {\"c\": null}]}}");

    /** What each place of a body is replaced by, in turn. */
    private static final List<String> REPLACEMENTS = List.of(
            "null", "\"\"", "\"x\"", "-1", "1.5", "9223372036854775808", "true", "[]", "[null]", "{}", "\"True\"");

    /** Rules over two fields, or over key and body; no schema can say them. */
    private static final Set<String> BEYOND_A_SCHEMA =
            Set.of("target.not-ruling/ruling = true", "target.traced/ruling = true");

    /** Parts of a policy's spec that have a default. */
    private static final Set<String> DEFAULTED = Set.of(
            "mode",
            "replicas",
            "min",
            "max",
            "percentile",
            "signals",
            "lagThreshold",
            "activation",
            "activationMilli",
            "maxAge",
            "noCommittedOffset",
            "allowIdleConsumers",
            "wake",
            "cpuInitializationPeriod",
            "initialReadinessDelay",
            "allowStageRetry");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void isAValidSchemaOfItsDraft(EventType type) {
        var draft = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        JsonNode schema = Schemas.json(type);

        assertEquals(Set.of(), draft.validate(schema));
        assertEquals(
                "urn:tidegate:schema:" + type.shortName() + ".v1",
                schema.get("$id").textValue());
        assertEquals(type.wireName(), schema.get("title").textValue());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void acceptsWhatIsWritten(Example example) {
        assertEquals(
                Set.of(),
                Schemas.schema(example.type()).validate(tree(example.record().text())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void acceptsPropertiesOfLaterVersions(Example example) throws IOException, UnreadableRecordException {
        JsonNode body = tree(example.record().text());
        objects(body)
                .filter(object -> !object.equals(SparkExamples.LABELS))
                .forEach(object -> object.set("addedLater", DEEP));

        assertEquals(Set.of(), Schemas.schema(example.type()).validate(body));
        assertEquals(
                example.record().text(),
                example.record()
                        .withValue(body.toString())
                        .readAndWritten(example.type())
                        .text());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void refusesWhatTheCodecRefuses(Example example) {
        List<String> disagreements = new ArrayList<>();
        int cases = 0;
        for (Change change : changes(example)) {
            cases++;
            boolean accepted = Schemas.accepts(example.type(), change.body());
            boolean read = isRead(example, change.body());
            if (accepted != read && !isMeant(example, change, read)) {
                disagreements.add(change.name() + (read ? " is read, not accepted" : " is accepted, not read"));
            }
        }

        assertEquals(List.of(), disagreements);
        assertTrue(cases > 10, "only " + cases + " cases");
    }

    @Test
    void refusesABodyThatIsNoObject() {
        for (EventType type : EventType.values()) {
            for (String body : List.of("null", "[]", "\"x\"", "7", "true", "{}")) {
                assertTrue(!Schemas.accepts(type, tree(body)), type + " accepts " + body);
            }
        }
    }

    static List<Example> examples() {
        return Examples.withBody();
    }

    /** A reader takes a null for what may be absent, and has a default for what a policy may leave out; a writer does neither. */
    private static boolean isMeant(Example example, Change change, boolean read) {
        String property = change.pointer().substring(change.pointer().lastIndexOf('/') + 1);
        return read
                ? isGone(change) && (DEFAULTED.contains(property) || mayBeAbsent(example, change.pointer()))
                : BEYOND_A_SCHEMA.contains(change.name());
    }

    private static boolean isGone(Change change) {
        return Stream.of(" = null", " removed", "/replicas = {}", "/spark = {}", "/resources = {}")
                .anyMatch(change.name()::endsWith);
    }

    private static boolean mayBeAbsent(Example example, String pointer) {
        JsonNode without = tree(example.record().text());
        remove(without.at(pointer.substring(0, pointer.lastIndexOf('/'))), pointer);
        return Schemas.accepts(example.type(), without);
    }

    private static boolean isRead(Example example, JsonNode body) {
        try {
            example.record().withValue(body.toString()).readAndWritten(example.type());
            return true;
        } catch (UnreadableRecordException e) {
            return false;
        }
    }

    private record Change(String name, String pointer, JsonNode body) {}

    private static List<Change> changes(Example example) {
        List<Change> changes = new ArrayList<>();
        JsonNode body = tree(example.record().text());
        for (String pointer : pointers(body, "")) {
            changes.add(
                    changed(example.name() + pointer + " removed", body, pointer, parent -> remove(parent, pointer)));
            for (String replacement : REPLACEMENTS) {
                changes.add(changed(
                        example.name() + pointer + " = " + replacement,
                        body,
                        pointer,
                        parent -> replace(parent, pointer, tree(replacement))));
            }
        }
        return changes;
    }

    private static Change changed(String name, JsonNode body, String pointer, Consumer<JsonNode> change) {
        JsonNode copy = body.deepCopy();
        change.accept(copy.at(pointer.substring(0, pointer.lastIndexOf('/'))));
        return new Change(name, pointer, copy);
    }

    private static void remove(JsonNode parent, String pointer) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else if (parent instanceof ArrayNode array) {
            array.remove(Integer.parseInt(last));
        }
    }

    private static void replace(JsonNode parent, String pointer, JsonNode by) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ObjectNode object) {
            object.set(last, by);
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), by);
        }
    }

    private static List<String> pointers(JsonNode node, String at) {
        List<String> pointers = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                pointers.add(at + "/" + property.getKey());
                pointers.addAll(pointers(property.getValue(), at + "/" + property.getKey()));
            });
        }
        for (int i = 0; node instanceof ArrayNode && i < node.size(); i++) {
            pointers.add(at + "/" + i);
            pointers.addAll(pointers(node.get(i), at + "/" + i));
        }
        return pointers;
    }

    private static Stream<ObjectNode> objects(JsonNode node) {
        Stream<ObjectNode> self = node instanceof ObjectNode object ? Stream.of(object) : Stream.empty();
        return Stream.concat(self, node.valueStream().toList().stream().flatMap(SchemaTest::objects));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
