package io.tidegate.contracts.spark;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What whoever started a run of a Spark application says about it, by annotations of the driver pod.
 *
 * @param deadline when it must have ended; wins over the duration or deadline of the policy
 * @param owner who answers for it, such as a team, 1 to {@value #MAX_TEXT} characters
 * @param id what it is called by whoever started it, 1 to {@value #MAX_TEXT} characters
 */
public record SparkRun(
        @Nullable Instant deadline,
        @Nullable String owner,
        @Nullable String id) {

    /** Name of the annotation that holds the deadline, as an RFC 3339 time. */
    public static final String DEADLINE = "tidegate.io/deadline";

    /** Name of the annotation that holds the owner. */
    public static final String OWNER = "tidegate.io/owner";

    /** Name of the annotation that holds the id. */
    public static final String ID = "tidegate.io/run-id";

    /** Longest owner or id. */
    public static final int MAX_TEXT = 253;

    public SparkRun {
        requireText("owner", owner);
        requireText("id", id);
    }

    private static void requireText(String name, @Nullable String text) {
        if (text != null && (text.isEmpty() || text.length() > MAX_TEXT)) {
            throw new IllegalArgumentException(
                    "run." + name + " must have 1 to " + MAX_TEXT + " characters: " + text.length());
        }
    }
}
