package io.tidegate.spark.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Snapshots that wait to be sent, as JSON, within a number of bytes. When there are too many, the oldest go: each
 * snapshot says all, so a newer one makes up for them.
 */
final class SnapshotQueue {
    private final int maxBytes;
    private final int maxBody;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private long dropped;

    /**
     * @param maxBytes bytes that may wait
     * @param maxBody bytes of one body at most
     */
    SnapshotQueue(int maxBytes, int maxBody) {
        this.maxBytes = maxBytes;
        this.maxBody = maxBody;
    }

    synchronized void add(byte[] snapshot) {
        if (snapshot.length > Math.min(maxBytes, maxBody - envelope())) {
            dropped++;
            return;
        }
        waiting.addLast(snapshot);
        bytes += snapshot.length;
        while (bytes > maxBytes) {
            bytes -= waiting.removeFirst().length;
            dropped++;
        }
    }

    /** Takes the oldest, as many as one body holds; empty if none waits. */
    synchronized List<byte[]> next() {
        List<byte[]> batch = new ArrayList<>();
        int size = envelope();
        while (!waiting.isEmpty() && size + waiting.getFirst().length + 1 <= maxBody) {
            byte[] snapshot = waiting.removeFirst();
            bytes -= snapshot.length;
            size += snapshot.length + 1;
            batch.add(snapshot);
        }
        return batch;
    }

    /** Takes those back that could not be sent, as far as there is room. */
    synchronized void giveBack(List<byte[]> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            byte[] snapshot = batch.get(i);
            if (bytes + snapshot.length > maxBytes) {
                dropped += i + 1;
                return;
            }
            waiting.addFirst(snapshot);
            bytes += snapshot.length;
        }
    }

    /** Those that were taken will not be sent. */
    synchronized void drop(List<byte[]> batch) {
        dropped += batch.size();
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    byte[] body(List<byte[]> batch, Instant now) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                utf8("{\"version\":1,\"sentAt\":\"" + now + "\",\"dropped\":" + dropped() + ",\"snapshots\":["));
        for (int i = 0; i < batch.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(batch.get(i));
        }
        body.writeBytes(utf8("]}"));
        return body.toByteArray();
    }

    /** Bytes that a body has besides its snapshots, at most. */
    private static int envelope() {
        return 128;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
