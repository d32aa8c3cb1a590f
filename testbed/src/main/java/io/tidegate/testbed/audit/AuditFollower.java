package io.tidegate.testbed.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Follows a growing audit log and hands on each finished write to a scale subresource. */
public final class AuditFollower implements AutoCloseable {

    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path log;
    private final Consumer<ScaleWrite> consumer;
    private final Thread thread;
    private volatile boolean closed;

    private AuditFollower(Path log, Consumer<ScaleWrite> consumer) {
        this.log = log;
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().daemon().name("testbed-audit").unstarted(this::follow);
    }

    /** Follows the log from its present end. */
    public static AuditFollower follow(Path log, Consumer<ScaleWrite> consumer) {
        AuditFollower follower = new AuditFollower(log, consumer);
        follower.thread.start();
        return follower;
    }

    private void follow() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(file.length());
            byte[] chunk = new byte[1 << 16];
            StringBuilder open = new StringBuilder();
            while (!closed) {
                int read = file.read(chunk);
                if (read <= 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    continue;
                }
                // One byte a character keeps a character that is cut at the chunk's end whole until its line is
                // complete.
                open.append(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
                handOnLines(open);
            }
        } catch (IOException e) {
            throw new TestbedException("Cannot follow the audit log " + log + ".", e);
        }
    }

    private void handOnLines(StringBuilder open) {
        int start = 0;
        for (int end = open.indexOf("\n", start); end >= 0; end = open.indexOf("\n", start)) {
            byte[] line = open.substring(start, end).getBytes(StandardCharsets.ISO_8859_1);
            parse(new String(line, StandardCharsets.UTF_8)).ifPresent(consumer);
            start = end + 1;
        }
        open.delete(0, start);
    }

    /** The finished scale write that a line tells of; empty for any other event, and for a line that is not JSON. */
    static Optional<ScaleWrite> parse(String line) {
        if (!line.contains("\"subresource\":\"scale\"")) {
            return Optional.empty();
        }
        try {
            JsonNode event = MAPPER.readTree(line);
            JsonNode object = event.path("objectRef");
            String verb = event.path("verb").asText();
            boolean write = verb.equals("patch") || verb.equals("update");
            if (!write
                    || !event.path("stage").asText().equals("ResponseComplete")
                    || !object.path("subresource").asText().equals("scale")) {
                return Optional.empty();
            }
            return Optional.of(new ScaleWrite(
                    event.path("auditID").asText(),
                    event.path("user").path("username").asText(),
                    object.path("namespace").asText(),
                    object.path("name").asText(),
                    event.path("responseStatus").path("code").asInt(),
                    replicas(event.path("responseObject")),
                    Instant.parse(event.path("requestReceivedTimestamp").asText()),
                    Instant.parse(event.path("stageTimestamp").asText())));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A Scale of size 0 leaves the field out of its spec. */
    private static int replicas(JsonNode answer) {
        return answer.path("kind").asText("Scale").equals("Scale") && answer.has("spec")
                ? answer.path("spec").path("replicas").asInt(0)
                : -1;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
