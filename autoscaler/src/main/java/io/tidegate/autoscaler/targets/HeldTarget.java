package io.tidegate.autoscaler.targets;

import io.tidegate.contracts.target.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A target as it is held.
 *
 * @param target the target
 * @param lever where its size is set; absent if it has none
 * @param partition partition of tidegate.targets that it came in
 * @param receivedAt reading of the monotonic clock when it came
 * @param replayed whether it was there before the partition was assigned
 */
public record HeldTarget(Target target, @Nullable Lever lever, int partition, long receivedAt, boolean replayed) {

    public HeldTarget {
        Objects.requireNonNull(target, "target");
    }

    /** Its record key. */
    public String key() {
        return target.key();
    }

    /** Whether this is the same decision as another. */
    public boolean sameAs(HeldTarget other) {
        return target.sequence() == other.target.sequence()
                && target.decisionId().equals(other.target.decisionId());
    }
}
