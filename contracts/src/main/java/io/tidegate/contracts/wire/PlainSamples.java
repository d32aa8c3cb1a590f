package io.tidegate.contracts.wire;

import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples of offsets, which most facts are, in the very form that {@link EventCodec} writes them in: these fields in this
 * order, plain ASCII, no white space. Whatever else a body may be is left to {@link Json}, which then says what is wrong with it
 * if anything is.
 */
final class PlainSamples {

    private static final byte[] WORKLOAD = ascii("{\"workload\":\"");
    private static final byte[] SIGNAL = ascii(",\"signal\":\"");
    private static final byte[] PARTITIONS = ascii(",\"reading\":{\"kind\":\"offsets\",\"partitions\":[");
    private static final byte[] TOPIC = ascii("{\"topic\":\"");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] COMMITTED = ascii(",\"committed\":");
    private static final byte[] START = ascii(",\"start\":");
    private static final byte[] LAST = ascii(",\"end\":");
    private static final byte[] END = ascii("}}");

    /** An id of four segments of 253 characters fits in. */
    private static final int MAX_TEXT = 1024;

    /** A long holds them, whichever they are. */
    private static final int MAX_DIGITS = 18;

    private final byte[] json;
    private int at;
    private String text = "";
    private int textFrom;
    private int textTo;
    private boolean badNumber;

    private PlainSamples(byte[] json) {
        this.json = json;
    }

    /** Reads a body; null if it is not of that form. */
    static @Nullable SampleFact read(byte[] json) {
        try {
            return new PlainSamples(json).sample();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable SampleFact sample() {
        String workload = take(WORKLOAD) ? text() : null;
        String signal = workload != null && take(SIGNAL) ? text() : null;
        List<Reading.PartitionOffsets> partitions = signal != null && take(PARTITIONS) ? partitions() : null;
        return workload == null || signal == null || partitions == null || !take(END) || at != json.length
                ? null
                : new SampleFact(WorkloadId.parse(workload), signal, new Reading.Offsets(partitions));
    }

    private @Nullable List<Reading.PartitionOffsets> partitions() {
        List<Reading.PartitionOffsets> partitions = new ArrayList<>();
        if (take((byte) ']')) {
            return partitions;
        }
        do {
            Reading.PartitionOffsets partition = partition();
            if (partition == null) {
                return null;
            }
            partitions.add(partition);
        } while (take((byte) ','));
        return take((byte) ']') ? partitions : null;
    }

    private Reading.@Nullable PartitionOffsets partition() {
        String topic = take(TOPIC) ? text() : null;
        if (topic == null || !take(PARTITION)) {
            return null;
        }
        long number = number();
        Long committed = optional(COMMITTED);
        Long start = optional(START);
        Long end = optional(LAST);
        return badNumber || number > Integer.MAX_VALUE || !take((byte) '}')
                ? null
                : new Reading.PartitionOffsets(topic, (int) number, committed, start, end);
    }

    private @Nullable Long optional(byte[] field) {
        return take(field) ? (Long) number() : null;
    }

    private long number() {
        int from = at;
        long number = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - from < MAX_DIGITS) {
            number = 10 * number + json[at] - '0';
            at++;
        }
        badNumber |= at == from || (json[from] == '0' && at - from > 1);
        return number;
    }

    /** The rest of a string, whose first quote has been taken. The same text twice in a row, as topics are, is one string. */
    private @Nullable String text() {
        int from = at;
        while (at < json.length && json[at] >= ' ' && json[at] < 0x7f && json[at] != '"' && json[at] != '\\') {
            at++;
        }
        int to = at;
        if (to == from || to - from > MAX_TEXT || !take((byte) '"')) {
            return null;
        }
        if (!Arrays.equals(json, from, to, json, textFrom, textTo)) {
            text = new String(json, from, to - from, StandardCharsets.US_ASCII);
            textFrom = from;
            textTo = to;
        }
        return text;
    }

    private boolean take(byte expected) {
        if (at < json.length && json[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean take(byte[] expected) {
        int to = at + expected.length;
        if (to <= json.length && Arrays.equals(json, at, to, expected, 0, expected.length)) {
            at = to;
            return true;
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
