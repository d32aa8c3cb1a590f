package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import java.util.Objects;

/** The lag of a group over all its partitions. An unknown lag is no number at all. */
public sealed interface LagMeasure {
    /** All partitions are known. */
    record Known(Totals totals) implements LagMeasure {
        public Known {
            Objects.requireNonNull(totals, "totals");
        }
    }

    /** Some partitions are known, so the lag is at least theirs: enough to grow, never to shrink. */
    record AtLeast(Totals totals) implements LagMeasure {
        public AtLeast {
            Objects.requireNonNull(totals, "totals");
        }
    }

    /** Nothing usable is known, for {@code reason}; {@code detail} says more. */
    record Unknown(Reason reason, String detail) implements LagMeasure {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
