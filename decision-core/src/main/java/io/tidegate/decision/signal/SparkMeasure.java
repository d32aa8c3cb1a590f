package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Reason;
import java.util.Objects;

/** The state of a Spark application. */
public sealed interface SparkMeasure {
    /** All of it is known. */
    record Known(Reading.Spark reading) implements SparkMeasure {
        public Known {
            Objects.requireNonNull(reading, "reading");
        }
    }

    /** Stages that may be active are left out, so there is at least this to do: enough to grow, never to shrink. */
    record AtLeast(Reading.Spark reading) implements SparkMeasure {
        public AtLeast {
            Objects.requireNonNull(reading, "reading");
        }
    }

    /** Nothing usable is known, for {@code reason}; {@code detail} says more. */
    record Unknown(Reason reason, String detail) implements SparkMeasure {
        public Unknown {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
