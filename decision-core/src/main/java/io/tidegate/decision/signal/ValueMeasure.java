package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;
import java.util.Objects;

/** What is known of a number from outside. */
public sealed interface ValueMeasure {
    /**
     * The number.
     *
     * @param milli thousandths, rounded; may be negative
     */
    record Known(long milli) implements ValueMeasure {}

    /** It is not known. */
    record Unknown(Reason reason, String detail) implements ValueMeasure {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
