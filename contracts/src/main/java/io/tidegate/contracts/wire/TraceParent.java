package io.tidegate.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, which W3C Trace Context writes as {@code traceparent}: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01. A
 * text that is none is no error: it costs nothing but the trace.
 *
 * @param traceHigh the first half of the trace's id
 * @param traceLow its second half; the two are not both 0
 * @param span id of the span; not 0
 * @param flags {@link #SAMPLED}, or 0; others are not kept, also not that the trace's id is random (level 2), with which the API server of
 *     Kubernetes 1.36 takes no header
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceParent(long traceHigh, long traceLow, long span, int flags) {

    /** Name of the HTTP header. */
    public static final String HTTP_HEADER = "traceparent";

    /** The trace may be recorded. */
    public static final int SAMPLED = 1;

    /** Characters of version 00; later versions may have more behind another hyphen. */
    private static final int LENGTH = 55;

    private static final int MAX_LENGTH = 512;

    private static final int TRACE_AT = 3;
    private static final int TRACE_LOW_AT = 19;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    private static final HexFormat HEX = HexFormat.of();

    public TraceParent {
        if ((traceHigh == 0 && traceLow == 0) || span == 0) {
            throw new IllegalArgumentException("the ids of a trace and of a span are not 0");
        }
        flags &= SAMPLED;
    }

    /** The first span of a trace of its own. */
    public static TraceParent started(RandomGenerator random) {
        return new TraceParent(random.nextLong(), notZero(random.nextLong()), notZero(random.nextLong()), SAMPLED);
    }

    /** The first span of the trace of this name: the same name gives the same ids. */
    public static TraceParent derived(String name) {
        byte[] hash = hash(name);
        return new TraceParent(number(hash, 0), notZero(number(hash, 8)), span(hash), SAMPLED);
    }

    /** The id of the span of this name: the same name gives the same id. */
    public static long span(String name) {
        return span(hash(name));
    }

    /** The same trace, in the span of this name. */
    public TraceParent withSpan(String name) {
        return new TraceParent(traceHigh, traceLow, span(name), flags);
    }

    /** Reads a header; null if it is none. */
    public static @Nullable TraceParent parse(byte @Nullable [] text) {
        if (text == null || text.length < LENGTH || text.length > MAX_LENGTH || !isWellFormed(text)) {
            return null;
        }
        long version = number(text, 0, 2);
        boolean known = version == 0 ? text.length == LENGTH : text.length == LENGTH || text[LENGTH] == '-';
        if (version == 0xff || !known) {
            return null;
        }
        long high = number(text, TRACE_AT, TRACE_LOW_AT);
        long low = number(text, TRACE_LOW_AT, SPAN_AT - 1);
        long span = number(text, SPAN_AT, FLAGS_AT - 1);
        return (high == 0 && low == 0) || span == 0
                ? null
                : new TraceParent(high, low, span, (int) number(text, FLAGS_AT, LENGTH));
    }

    /** Reads a text; null if it is none. */
    public static @Nullable TraceParent parse(@Nullable String text) {
        return text == null || text.length() > MAX_LENGTH ? null : parse(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether the trace may be recorded. */
    public boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /** The trace's id, 32 hexadecimal digits. */
    public String traceId() {
        return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
    }

    /** The span's id, 16 hexadecimal digits. */
    public String spanId() {
        return HEX.toHexDigits(span);
    }

    /** The header's value. */
    public byte[] toBytes() {
        byte[] text = new byte[LENGTH];
        write(0, 2, text, 0);
        text[TRACE_AT - 1] = '-';
        write(traceHigh, 16, text, TRACE_AT);
        write(traceLow, 16, text, TRACE_LOW_AT);
        text[SPAN_AT - 1] = '-';
        write(span, 16, text, SPAN_AT);
        text[FLAGS_AT - 1] = '-';
        write(flags, 2, text, FLAGS_AT);
        return text;
    }

    /** The header's value. */
    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.US_ASCII);
    }

    private static boolean isWellFormed(byte[] text) {
        return isHex(text, 0, 2)
                && text[TRACE_AT - 1] == '-'
                && isHex(text, TRACE_AT, SPAN_AT - 1)
                && text[SPAN_AT - 1] == '-'
                && isHex(text, SPAN_AT, FLAGS_AT - 1)
                && text[FLAGS_AT - 1] == '-'
                && isHex(text, FLAGS_AT, LENGTH);
    }

    /** Upper case is not valid. */
    private static boolean isHex(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte digit = text[i];
            if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] digits, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = (number << 4) | Character.digit(digits[i], 16);
        }
        return number;
    }

    private static void write(long number, int digits, byte[] text, int at) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) Character.forDigit((int) (rest & 0xf), 16);
            rest >>>= 4;
        }
    }

    private static byte[] hash(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static long number(byte[] hash, int at) {
        long number = 0;
        for (int i = at; i < at + Long.BYTES; i++) {
            number = (number << 8) | (hash[i] & 0xff);
        }
        return number;
    }

    private static long span(byte[] hash) {
        return notZero(number(hash, 16));
    }

    private static long notZero(long number) {
        return number == 0 ? 1 : number;
    }
}
