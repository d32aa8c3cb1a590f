package io.tidegate.contracts.wire;

import static io.tidegate.contracts.wire.Refusal.example;
import static io.tidegate.contracts.wire.Refusal.isOneShortLine;
import static io.tidegate.contracts.wire.Refusal.reason;
import static io.tidegate.contracts.wire.Refusal.reasonOrNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.wire.Examples.Example;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in a topic, a reader gets a record or one short line that says why not. */
class HostileRecordTest {

    private static final String LONG = "x".repeat(5_000);

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyCutAnywhereIsRefused(Example example) {
        byte[] body = example.record().bytes();
        for (int length = 0; length < body.length; length++) {
            assertNotNull(reason(example.type(), example.record().withValue(Arrays.copyOf(body, length))));
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anyChangeOfBytesIsReadOrRefusedInShort(Example example) {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] body = example.record().bytes();
            for (int change = random.nextInt(4); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : "\"{}[],:-e0\\".charAt(random.nextInt(11)));
            }
            String reason = reasonOrNull(example.type(), example.record().withValue(body));
            assertTrue(reason == null || isOneShortLine(reason), () -> "seed " + Arrays.toString(body) + ": " + reason);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noValueOfABodyIsRepeatedAtLength(Example example) {
        String body = example.record().text();
        for (String by : List.of(
                "\"" + LONG + "\"",
                "[\"" + LONG + "\"]",
                "{\"" + "y".repeat(200) + "\": \"" + LONG + "\"}",
                LONG,
                "-" + "9".repeat(5_000))) {
            for (int colon = body.indexOf(':'); colon >= 0; colon = body.indexOf(':', colon + 1)) {
                String changed = body.substring(0, colon + 1) + by + body.substring(endOfValue(body, colon + 1));
                String reason = reasonOrNull(example.type(), example.record().withValue(changed));
                assertTrue(reason == null || isOneShortLine(reason), () -> changed.length() + ": " + reason);
            }
        }
    }

    @Test
    void theCauseOfAFailureRepeatsNothingOfTheBody() {
        WireRecord tick = example("tick.one").withValue("{\"partition\": \"" + LONG + "\"}");

        UnreadableRecordException refused =
                assertThrows(UnreadableRecordException.class, () -> tick.readAndWritten(EventType.TICK));

        assertNull(refused.getCause());
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] body = {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'};

        String reason = reason(EventType.TICK, example("tick.one").withValue(body));

        assertTrue(reason.startsWith("the body is not a valid tick: Invalid UTF-8"), reason);
    }

    @Test
    void nestingTenThousandDeepIsRefusedAtOnce() {
        WireRecord deep = example("tick.one")
                .withValue("{\"later\": " + "[".repeat(10_000) + "]".repeat(10_000) + ", \"partition\": 7}");

        String reason = assertTimeoutPreemptively(Duration.ofSeconds(1), () -> reason(EventType.TICK, deep));

        assertTrue(reason.contains("nesting depth"), reason);
    }

    @Test
    void aNumberWithAHugeExponentIsRefusedAtOnce() {
        for (String number : List.of("1e999999999", "-1e999999999", "1e-999999999", "0.1e1000000000")) {
            WireRecord record = example("decision.hold")
                    .withValue(example("decision.hold").text().replace("\"current\":0", "\"current\":" + number));

            assertNotNull(assertTimeoutPreemptively(Duration.ofSeconds(1), () -> reason(EventType.DECISION, record)));
        }
    }

    @Test
    void theLargestOffsetsAndListsAreRead() throws UnreadableRecordException {
        String partition = "{\"topic\":\"o\",\"partition\":0,\"end\":9223372036854775807}";
        String largest =
                offsets(IntStream.range(0, 15_000).mapToObj(i -> partition).toList());

        assertEquals(
                largest,
                example("sample.offsets")
                        .withValue(largest)
                        .readAndWritten(EventType.SAMPLE)
                        .text());
    }

    @Test
    void aTextInAnyScriptIsRead() throws UnreadableRecordException {
        WireRecord failed = example("sample.failed");

        assertEquals(failed.text(), failed.readAndWritten(EventType.SAMPLE).text());
    }

    static List<Example> bodies() {
        return Examples.withBody();
    }

    private static String offsets(List<String> partitions) {
        return "{\"workload\":\"eu/sales/Deployment/orders-ingest\",\"signal\":\"lag\","
                + "\"reading\":{\"kind\":\"offsets\",\"partitions\":[" + String.join(",", partitions) + "]}}";
    }

    private static int endOfValue(String body, int from) {
        int end = from;
        while (end < body.length() && ",}]".indexOf(body.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
