package io.tidegate.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.process.TestbedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final RecordedEvent FACT = new RecordedEvent(
            RecordedTopic.FACTS,
            1,
            0,
            1_780_000_000_000L,
            bytes("eu/sales/Deployment/orders"),
            List.of(new RecordHeader("ce_id", bytes("f-1")), new RecordHeader("empty", null)),
            bytes("{}"));
    private static final RecordedEvent TOMBSTONE =
            RecordedEvent.of(RecordedTopic.FACTS, new ConsumerRecord<>("tidegate.facts", 0, 7, null, null));

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("a.rec");
        try (RecordingWriter writer = new RecordingWriter(file, 2)) {
            writer.write(FACT);
            writer.write(TOMBSTONE);
            writer.end(new long[] {8, 1});
        }
    }

    @Test
    void bringsBackWhatWasWritten() throws IOException {
        try (RecordingReader reader = new RecordingReader(file)) {
            assertEquals(2, reader.partitions());
            RecordedEvent fact = reader.next();
            RecordedEvent tombstone = reader.next();
            assertNull(reader.next());
            if (fact == null || tombstone == null) {
                throw new AssertionError("there are two");
            }
            assertArrayEquals(FACT.key(), fact.key());
            assertArrayEquals(FACT.value(), fact.value());
            assertEquals(FACT.headers(), fact.headers());
            assertEquals(FACT.timestamp(), fact.timestamp());
            assertEquals(RecordedTopic.FACTS, fact.topic());
            assertNull(tombstone.key());
            assertNull(tombstone.value());
            assertEquals(7, tombstone.offset());
            assertArrayEquals(new long[] {8, 1}, reader.factEnds());
        }
    }

    @Test
    void saysThatItIsCutOffWhereverThatIs() throws IOException {
        byte[] whole = unpacked();
        for (int length = 0; length < whole.length; length++) {
            String refusal = refused(packed(Arrays.copyOf(whole, length)));
            assertTrue(refusal.contains("cut off"), refusal);
        }
    }

    @Test
    void endsWithASentenceWhateverTheBytes() throws IOException {
        byte[] whole = unpacked();
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            Files.write(file, packed(broken));
            try {
                readAll();
            } catch (TestbedException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("can't be read"), "seed " + seed + ": " + e);
            }
        }
    }

    @Test
    void refusesAFileThatIsNoRecording() {
        assertTrue(refused(bytes("partition,offset\n0,1\n")).contains("no recording"));
        assertTrue(refused(packed(bytes("partition,offset"))).contains("no recording"));
    }

    private String refused(byte[] content) {
        return String.valueOf(assertThrows(TestbedException.class, () -> {
                    Files.write(file, content);
                    readAll();
                })
                .getMessage());
    }

    private void readAll() throws IOException {
        try (RecordingReader reader = new RecordingReader(file)) {
            while (reader.next() != null) {
                assertTrue(reader.partitions() > 0);
            }
        }
    }

    private byte[] unpacked() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
