package io.tidegate.collector.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidegate.collector.spark.SnapshotReader.UnreadableBodyException;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.wire.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {

    private static final String CANARY = "canary-4711";

    @Test
    void readsAllThatAReadingHas() throws UnreadableBodyException {
        SnapshotReader.Batch batch = SnapshotReader.read(Snapshots.BODY.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                new SnapshotReader.Batch(
                        Instant.parse("2026-11-29T12:00:01Z"),
                        3,
                        List.of(new SnapshotReader.Snapshot(
                                Instant.parse("2026-11-29T12:00:00.5Z"), Snapshots.READING))),
                batch);
    }

    @Test
    void takesWhatIsUnknownForAbsent() throws UnreadableBodyException {
        SnapshotReader.Batch batch = SnapshotReader.read(Snapshots.changed(body -> {
            ObjectNode snapshot = Snapshots.snapshot(body);
            ((ObjectNode) snapshot.path("executors")).putNull("wanted").remove("granted");
            ((ObjectNode) snapshot.path("queries").path(0)).putNull("inputRate").remove("backlog");
            snapshot.remove("idleMillis");
        }));
        assertEquals(null, batch.snapshots().getFirst().reading().executors().wanted());
        assertEquals(null, batch.snapshots().getFirst().reading().executors().granted());
        assertEquals(
                null,
                batch.snapshots().getFirst().reading().queries().getFirst().inputRate());
        assertEquals(null, batch.snapshots().getFirst().reading().idleMillis());
    }

    @Test
    void letsNothingThroughThatAReadingDoesNotHave() throws UnreadableBodyException {
        byte[] body = Snapshots.changed(tree -> {
            for (JsonNode node : objects(tree)) {
                ((ObjectNode) node)
                        .put(CANARY, 1)
                        .put("user", CANARY)
                        .putObject("sql")
                        .putArray("text")
                        .add(CANARY);
            }
        });
        SnapshotReader.Batch batch = SnapshotReader.read(body);
        assertEquals(Snapshots.READING, batch.snapshots().getFirst().reading());
        SampleFact sample = new SampleFact(
                WorkloadId.parse("default/sales/SparkDriver/nightly"),
                SampleFact.SPARK,
                batch.snapshots().getFirst().reading());
        String written = new String(EventCodec.body(sample), StandardCharsets.UTF_8);
        assertFalse(written.contains(CANARY), written);
        assertTrue(written.contains("clicks-to-lake"), written);
    }

    /** Every field in turn becomes a text, an object and a list that hold what must not leak. */
    @Test
    void refusesEveryFieldOfAnotherTypeWithoutRepeatingIt() {
        int refused = 0;
        for (List<String> field : fields()) {
            for (JsonNode wrong : List.of(
                    TextNode.valueOf("\n" + CANARY),
                    Snapshots.tree().objectNode().put(CANARY, CANARY),
                    Snapshots.tree().arrayNode().add(CANARY),
                    Snapshots.tree().numberNode(-1),
                    Snapshots.tree().numberNode(1.5e300),
                    Snapshots.tree().numberNode(new java.math.BigInteger("123456789012345678901234567890")),
                    Snapshots.tree().booleanNode(true))) {
                byte[] body = Snapshots.changed(tree -> replace(tree, field, wrong));
                try {
                    SnapshotReader.read(body);
                } catch (UnreadableBodyException e) {
                    refused++;
                    String words = String.valueOf(e.getMessage());
                    assertFalse(words.contains(CANARY), words);
                    assertTrue(words.contains(field.getLast()), () -> words + " names no " + field);
                    assertTrue(words.contains(" must be "), words);
                }
            }
        }
        // Of 7 replacements at most 2 are good for a field: true for a flag, and a large number for a rate.
        assertTrue(refused >= fields().size() * 5, refused + " refused");
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrong(Consumer<ObjectNode> change, String words) {
        UnreadableBodyException refused =
                assertThrows(UnreadableBodyException.class, () -> SnapshotReader.read(Snapshots.changed(change)));
        assertEquals(words, refused.getMessage());
    }

    static Stream<Arguments> saysWhatIsWrong() {
        return Stream.of(
                wrong(body -> body.put("version", 2), "version must be 1"),
                wrong(body -> body.remove("version"), "version must be a whole number from 0 to 9007199254740991"),
                wrong(
                        body -> body.put("sentAt", "+1000000-01-01T00:00:00Z"),
                        "sentAt must be a time such as 2026-01-02T03:04:05Z"),
                wrong(
                        body -> body.put("sentAt", "2026-02-30T00:00:00Z"),
                        "sentAt must be a time such as 2026-01-02T03:04:05Z"),
                wrong(body -> body.put("snapshots", 1), "snapshots must be a list of at most 100 entries"),
                wrong(
                        body -> repeat(body.withArray("snapshots"), 101),
                        "snapshots must be a list of at most 100 entries"),
                wrong(body -> body.withArray("snapshots").add(7), "snapshots[1] must be an object"),
                wrong(
                        body -> repeat(Snapshots.snapshot(body).withArray("stages"), 101),
                        "snapshots[0].stages must be a list of at most 100 entries"),
                wrong(
                        body -> repeat(Snapshots.snapshot(body).withArray("queries"), 17),
                        "snapshots[0].queries must be a list of at most 16 entries"),
                wrong(
                        body -> repeat(stage(body).withArray("parents"), 101),
                        "snapshots[0].stages[0].parents must be a list of at most 100 entries"),
                wrong(
                        body -> stage(body).withArray("parents").add(-1),
                        "snapshots[0].stages[0].parents[2] must be a whole number from 0 to 2147483647"),
                wrong(
                        body -> stage(body).put("state", "Skipped " + CANARY),
                        "snapshots[0].stages[0].state must be Active or Waiting"),
                wrong(
                        body -> Snapshots.snapshot(body).put("slots", 0),
                        "snapshots[0].slots must be a whole number from 1 to 2147483647"),
                wrong(
                        body -> Snapshots.snapshot(body).put("appId", "a/../" + CANARY),
                        "snapshots[0].appId must be the application's id, as its driver pod's label says it"),
                wrong(
                        body -> query(body).put("name", "a\u202e" + CANARY),
                        "snapshots[0].queries[0].name must be 1 to 253 printable characters"),
                wrong(
                        body -> query(body).put("name", ""),
                        "snapshots[0].queries[0].name must be 1 to 253 printable characters"),
                wrong(
                        body -> query(body).put("name", "n".repeat(254)),
                        "snapshots[0].queries[0].name must be 1 to 253 printable characters"),
                wrong(
                        body -> query(body).put("inputRate", -0.1),
                        "snapshots[0].queries[0].inputRate must be a number from 0 on"));
    }

    private static Arguments wrong(Consumer<ObjectNode> change, String words) {
        return arguments(change, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "\"" + CANARY + "\"",
                "{\"" + CANARY,
                "{\"version\":1,\"version\":1}",
                "{\"version\":NaN}",
                "{\"a\":\"\\ud800\"}",
                "{} " + CANARY
            })
    void refusesWhatIsNoBody(String text) {
        refuses(text);
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        refuses("{\"a\":".repeat(100_000));
        refuses("[".repeat(100_000));
        refuses("{\"" + "n".repeat(100_000) + CANARY + "\":1}");
        refuses("{\"version\":" + "9".repeat(100_000) + "}");
        refuses("\u0000\u0001" + CANARY);
    }

    @Test
    void readsBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, (byte) 0x80, 0x00, 0x7b};
        assertThrows(UnreadableBodyException.class, () -> SnapshotReader.read(bytes));
        assertThrows(UnreadableBodyException.class, () -> SnapshotReader.read(new byte[0]));
    }

    private static void refuses(String text) {
        UnreadableBodyException refused = assertThrows(
                UnreadableBodyException.class, () -> SnapshotReader.read(text.getBytes(StandardCharsets.UTF_8)));
        assertFalse(String.valueOf(refused.getMessage()).contains(CANARY), refused.getMessage());
    }

    private static ObjectNode stage(ObjectNode body) {
        return (ObjectNode) Snapshots.snapshot(body).path("stages").path(0);
    }

    private static ObjectNode query(ObjectNode body) {
        return (ObjectNode) Snapshots.snapshot(body).path("queries").path(0);
    }

    private static void repeat(ArrayNode list, int times) {
        JsonNode first = list.path(0);
        while (list.size() < times) {
            list.add(first);
        }
    }

    private static List<JsonNode> objects(JsonNode node) {
        List<JsonNode> objects = new ArrayList<>();
        if (node.isObject()) {
            objects.add(node);
        }
        node.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    /** Paths of all fields of the body. */
    private static List<List<String>> fields() {
        List<List<String>> fields = new ArrayList<>();
        collect(Snapshots.tree(), List.of(), fields);
        return fields;
    }

    private static void collect(JsonNode node, List<String> path, List<List<String>> fields) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                List<String> inner =
                        Stream.concat(path.stream(), Stream.of(field.getKey())).toList();
                fields.add(inner);
                collect(field.getValue(), inner, fields);
            });
        } else if (node.isArray() && node.path(0).isObject()) {
            collect(node.path(0), Stream.concat(path.stream(), Stream.of("0")).toList(), fields);
        }
    }

    private static void replace(ObjectNode body, List<String> path, JsonNode value) {
        JsonNode node = body;
        for (String step : path.subList(0, path.size() - 1)) {
            node = node.isArray() ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        ((ObjectNode) node).set(path.getLast(), value);
    }
}
