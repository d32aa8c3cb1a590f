package io.tidegate.collector.kubernetes;

import io.tidegate.contracts.spark.SparkRun;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a driver pod's annotations say of its run.
 *
 * @param run what they say; absent if they say nothing
 * @param refused what cannot be read, in words that don't repeat it; empty if all can
 */
record RunAnnotations(@Nullable SparkRun run, String refused) {

    /** Letters, digits and what ids of schedulers are made of: nothing that needs quoting in a status, a log or an address. */
    private static final String TEXT = "[\\p{L}\\p{N}_.:+@/-]{1," + SparkRun.MAX_TEXT + "}";

    /** Years of four digits; others can't be read from a record, so that one with such a time would say nothing at all. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

    static RunAnnotations of(Map<String, String> annotations) {
        List<String> refused = new ArrayList<>();
        Instant deadline = time(annotations.get(SparkRun.DEADLINE), refused);
        String owner = text(SparkRun.OWNER, annotations.get(SparkRun.OWNER), refused);
        String id = text(SparkRun.ID, annotations.get(SparkRun.ID), refused);
        boolean nothing = deadline == null && owner == null && id == null;
        return new RunAnnotations(nothing ? null : new SparkRun(deadline, owner, id), String.join("; ", refused));
    }

    private static @Nullable Instant time(@Nullable String value, List<String> refused) {
        if (value == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value.strip()).toInstant();
            if (!time.isBefore(EARLIEST) && time.isBefore(TOO_LATE)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Told below, without its own words, which repeat the text.
        }
        refused.add("the annotation " + SparkRun.DEADLINE + " is no time such as 2026-01-31T06:00:00+01:00");
        return null;
    }

    private static @Nullable String text(String name, @Nullable String value, List<String> refused) {
        if (value == null || value.matches(TEXT)) {
            return value;
        }
        refused.add("the annotation " + name + " must have 1 to " + SparkRun.MAX_TEXT
                + " letters, digits or characters of _.:+@/-");
        return null;
    }
}
