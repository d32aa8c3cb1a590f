package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import java.util.Objects;

/** What the pods of a target use. An unknown use is no number at all. */
public sealed interface UsageMeasure {
    /** At least one pod's use counts. */
    record Known(PodTotals totals) implements UsageMeasure {
        public Known {
            Objects.requireNonNull(totals, "totals");
        }
    }

    /** The target is to have no pod, so that none uses anything: that is known. */
    record AtRest() implements UsageMeasure {}

    /** Nothing usable is known, for {@code reason}; {@code detail} says more. */
    record Unknown(Reason reason, String detail) implements UsageMeasure {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
