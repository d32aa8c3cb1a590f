package io.tidegate.collector.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The contract's example of a reading, and the body in which a driver sends it. */
public final class Snapshots {

    /** The application that it is of. */
    static final String APP_ID = "spark-7f3d";

    private static final Path GOLDEN =
            Path.of("..", "contracts", "src", "test", "resources", "golden", "v1", "sample.spark.json");

    private static final JsonNode EXAMPLE = example();

    static final Reading.Spark READING = reading();

    static final String BODY = body(APP_ID, "2026-11-29T12:00:00.500Z", "2026-11-29T12:00:01Z");

    private Snapshots() {}

    private static JsonNode example() {
        try {
            return Json.mapper().readTree(Files.readString(GOLDEN)).path("body").path("reading");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading.Spark reading() {
        try {
            return (Reading.Spark) Json.mapper().treeToValue(EXAMPLE, Reading.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree() {
        try {
            return (ObjectNode) Json.mapper().readTree(BODY);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode snapshot(ObjectNode body) {
        return (ObjectNode) body.path("snapshots").path(0);
    }

    static byte[] changed(Consumer<ObjectNode> change) {
        ObjectNode body = tree();
        change.accept(body);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A body with one snapshot. */
    public static String body(String appId, String at, String sentAt) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("version", 1).put("sentAt", sentAt).put("dropped", 3);
        ObjectNode snapshot = body.putArray("snapshots").addObject().put("at", at);
        snapshot.setAll((ObjectNode) EXAMPLE);
        // What kind of reading it is goes without saying here.
        snapshot.put("appId", appId).remove("kind");
        return body.toString();
    }
}
