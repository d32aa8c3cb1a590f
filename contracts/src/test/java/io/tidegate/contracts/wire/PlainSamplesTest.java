package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without Jackson is what Jackson reads; what Jackson refuses is refused. */
class PlainSamplesTest {

    private static final String ALPHABET = "{}[]\",:\\ 0123456789-+.eEabcnull\u0000\u0080\t";

    @Test
    void readsWhatIsWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            SampleFact sample = sample(random);
            assertEquals(sample, PlainSamples.read(written(sample)), "seed 1, sample " + i);
        }
    }

    @Test
    void readsNothingElseThanJacksonWould() throws IOException {
        Random random = new Random(2);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = broken(written(sample(random)), random);
            SampleFact plain = PlainSamples.read(body);
            if (plain != null) {
                taken++;
                String what = "seed 2, body " + i + ": " + new String(body, StandardCharsets.UTF_8);
                assertEquals(Json.mapper().readValue(body, SampleFact.class), plain, what);
            }
        }
        assertTrue(taken > 500, "only " + taken + " bodies were still readable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"workload\":\"a/b/c/d\",\"signal\":\"s\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[]}} ",
                "{\"workload\":\"a/b/c\",\"signal\":\"s\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[]}}",
                "{\"workload\":\"a/b/c/d\",\"signal\":\"\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[]}}",
                "{\"workload\":\"a/b/c/d\",\"signal\":\"s\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[{}]}}",
                "{\"workload\":\"a/b/c/d\",\"signal\":\"s\",\"reading\":{\"kind\":\"pods\",\"pods\":[]}}",
                "{\"signal\":\"s\",\"workload\":\"a/b/c/d\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[]}}",
            })
    void leavesOthersToJackson(String body) {
        assertNull(PlainSamples.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "-1", "1.0", "1e3", "2147483648", "1234567890123456789", "null", "\"1\"", ""})
    void leavesUnusualNumbersToJackson(String number) {
        assertNull(PlainSamples.read(withPartition(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "2147483647"})
    void readsPlainNumbers(String number) {
        SampleFact read = Objects.requireNonNull(PlainSamples.read(withPartition(number)));
        Reading.Offsets offsets = (Reading.Offsets) read.reading();
        assertEquals(Integer.parseInt(number), offsets.partitions().getFirst().partition());
    }

    private static byte[] withPartition(String number) {
        return ("{\"workload\":\"a/b/c/d\",\"signal\":\"s\",\"reading\":{\"kind\":\"offsets\",\"partitions\":[{\"topic\":\"t\","
                        + "\"partition\":" + number + "}]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] written(SampleFact sample) {
        return Objects.requireNonNull(EventCodec.body(sample));
    }

    private static SampleFact sample(Random random) {
        List<Reading.PartitionOffsets> partitions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            partitions.add(new Reading.PartitionOffsets(
                    "orders" + random.nextInt(2),
                    random.nextInt(random.nextBoolean() ? 10 : Integer.MAX_VALUE),
                    offset(random),
                    offset(random),
                    offset(random)));
        }
        return new SampleFact(
                new WorkloadId("eu", "sales", "Deployment", "orders-" + random.nextInt(100)),
                "lag" + random.nextInt(3),
                new Reading.Offsets(partitions));
    }

    private static @Nullable Long offset(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> (long) random.nextInt(11);
            default -> random.nextLong(1_000_000_000_000_000_000L);
        };
    }

    /** A body with a few bytes replaced, put in, taken out, moved or cut off. */
    private static byte[] broken(byte[] whole, Random random) {
        byte[] body = whole;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(body.length);
            byte other = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> body[at] = other;
                case 1 -> body = spliced(body, at, at, other);
                case 2 -> body = spliced(body, at, at + 1, other, body[at]);
                default -> body = random.nextInt(20) == 0 ? Arrays.copyOf(body, at + 1) : spliced(body, at, at + 1);
            }
            if (body.length == 0) {
                return whole;
            }
        }
        return body;
    }

    private static byte[] spliced(byte[] body, int from, int to, byte... instead) {
        byte[] spliced = Arrays.copyOf(body, body.length - (to - from) + instead.length);
        System.arraycopy(instead, 0, spliced, from, instead.length);
        System.arraycopy(body, to, spliced, from + instead.length, body.length - to);
        return spliced;
    }
}
