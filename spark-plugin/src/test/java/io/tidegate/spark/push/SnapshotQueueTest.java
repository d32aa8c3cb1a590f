package io.tidegate.spark.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotQueueTest {
    private static byte[] snapshot(int number, int length) {
        return String.format("%0" + length + "d", number).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<byte[]> batch) {
        return batch.stream()
                .map(snapshot -> new String(snapshot, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void handsOutInOrder() {
        SnapshotQueue queue = new SnapshotQueue(1000, 1000);
        queue.add(snapshot(1, 3));
        queue.add(snapshot(2, 3));
        assertEquals(List.of("001", "002"), texts(queue.next()));
        assertTrue(queue.isEmpty());
        assertEquals(List.of(), queue.next());
    }

    @Test
    void dropsTheOldestAndCounts() {
        SnapshotQueue queue = new SnapshotQueue(30, 1000);
        for (int i = 0; i < 10; i++) {
            queue.add(snapshot(i, 10));
        }
        assertEquals(7, queue.dropped());
        assertEquals(List.of("0000000007", "0000000008", "0000000009"), texts(queue.next()));
    }

    @Test
    void splitsWhatOneBodyCannotHold() {
        SnapshotQueue queue = new SnapshotQueue(10_000, 128 + 25);
        for (int i = 0; i < 3; i++) {
            queue.add(snapshot(i, 10));
        }
        assertEquals(2, queue.next().size());
        assertEquals(1, queue.next().size());
    }

    @Test
    void takesBackWhatThereIsRoomFor() {
        SnapshotQueue queue = new SnapshotQueue(30, 1000);
        for (int i = 0; i < 3; i++) {
            queue.add(snapshot(i, 10));
        }
        List<byte[]> batch = queue.next();
        queue.add(snapshot(3, 10));
        queue.giveBack(batch);
        assertEquals(1, queue.dropped());
        assertEquals(List.of("0000000001", "0000000002", "0000000003"), texts(queue.next()));
    }

    @Test
    void dropsWhatNoBodyCanHold() {
        SnapshotQueue queue = new SnapshotQueue(10_000, 200);
        queue.add(snapshot(1, 201));
        assertEquals(1, queue.dropped());
        assertTrue(queue.isEmpty());
    }

    @Test
    void writesAWholeBody() {
        SnapshotQueue queue = new SnapshotQueue(1000, 1000);
        byte[] body = queue.body(
                List.of("{}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8)), Instant.EPOCH);
        assertArrayEquals(
                "{\"version\":1,\"sentAt\":\"1970-01-01T00:00:00Z\",\"dropped\":0,\"snapshots\":[{},{}]}"
                        .getBytes(StandardCharsets.UTF_8),
                body);
    }
}
