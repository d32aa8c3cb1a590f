package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN_ID = "00f067aa0ba902b7";
    private static final String TEXT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";
    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, TraceParent.SAMPLED);

    @Test
    void readsAndWritesTheHeader() {
        assertEquals(TRACE, TraceParent.parse(TEXT));
        assertEquals(TEXT, TRACE.toString());
        assertArrayEquals(TEXT.getBytes(StandardCharsets.US_ASCII), TRACE.toBytes());
        assertEquals(TRACE_ID, TRACE.traceId());
        assertEquals(SPAN_ID, TRACE.spanId());
        assertTrue(TRACE.isSampled());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "x",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0\n",
                "00-4bf92f3577b34da6a3ce929d0e0e47\r\n-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x"
            })
    void takesNothingFromATextThatIsNone(String text) {
        assertNull(TraceParent.parse(text));
        assertNull(TraceParent.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesNothingFromNothingAndFromWhatIsHuge() {
        String huge = "01" + TEXT.substring(2) + "-" + "0".repeat(1 << 20);

        assertNull(TraceParent.parse((String) null));
        assertNull(TraceParent.parse((byte[]) null));
        assertNull(TraceParent.parse(huge));
        assertNull(TraceParent.parse(huge.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void readsWhatItKnowsOfALaterVersion() {
        assertEquals(TRACE, TraceParent.parse("01" + TEXT.substring(2)));
        assertEquals(TRACE, TraceParent.parse("cc" + TEXT.substring(2) + "-what-comes"));
    }

    @Test
    void keepsOnlyFlagsThatItKnows() {
        TraceParent all = Objects.requireNonNull(TraceParent.parse(TEXT.substring(0, 53) + "ff"));
        TraceParent none = Objects.requireNonNull(TraceParent.parse(TEXT.substring(0, 53) + "fc"));

        assertEquals(TraceParent.SAMPLED, all.flags());
        assertEquals(0, none.flags());
        assertFalse(none.isSampled());
    }

    @Test
    void anyChangeOfOneByteIsReadOrLeftOut() {
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = Arrays.copyOf(text, text.length);
                changed[i] = (byte) value;
                TraceParent read = TraceParent.parse(changed);
                if (read != null) {
                    assertEquals(read, TraceParent.parse(read.toString()));
                }
            }
        }
    }

    @Test
    void startsATraceOfItsOwn() {
        Random random = new Random(7);
        TraceParent one = TraceParent.started(random);
        TraceParent other = TraceParent.started(random);

        assertNotEquals(one.traceId(), other.traceId());
        assertNotEquals(one.spanId(), other.spanId());
        assertTrue(one.isSampled());
        assertEquals(one, TraceParent.parse(one.toString()));
    }

    @Test
    void theSameNameGivesTheSameIds() {
        assertEquals(TraceParent.derived("a"), TraceParent.derived("a"));
        assertNotEquals(
                TraceParent.derived("a").traceId(), TraceParent.derived("b").traceId());
        assertEquals(
                "00-" + TRACE_ID + "-" + TraceParent.derived("a").spanId() + "-01",
                TRACE.withSpan("a").toString());
        assertNotEquals(TRACE.withSpan("a"), TRACE.withSpan("b"));
        assertEquals(TraceParent.span("a"), TRACE.withSpan("a").span());
    }

    @Test
    void idsAreNotZero() {
        assertThrows(IllegalArgumentException.class, () -> new TraceParent(0, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TraceParent(1, 1, 0, 0));
        assertEquals("0".repeat(31) + "1", new TraceParent(0, 1, 1, 0).traceId());
    }

    @Test
    void aBrokenHeaderCostsNothingButTheTrace() throws UnreadableRecordException {
        WireRecord traced = Refusal.example("decision.traced");
        assertNotNull(EventCodec.trace(traced.headers()));

        for (String broken : new String[] {"", "x", TEXT + "0", "é".repeat(40), "0".repeat(100_000)}) {
            WireRecord record = traced.withHeader("ce_traceparent", broken);
            assertNull(EventCodec.trace(record.headers()), broken);
            assertEquals(
                    EventCodec.decision(traced.key(), traced.bytes(), traced.headers()),
                    EventCodec.decision(record.key(), record.bytes(), record.headers()));
        }
        assertNull(EventCodec.trace(new RecordHeaders().add("ce_traceparent", null)));
        assertNull(EventCodec.trace(new RecordHeaders()));
    }
}
