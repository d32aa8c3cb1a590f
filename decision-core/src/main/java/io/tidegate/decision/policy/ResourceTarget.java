package io.tidegate.decision.policy;

/** What the average pod is meant to use. */
public sealed interface ResourceTarget {
    /**
     * A share of what the pods request.
     *
     * @param percent above 0; above 100 is more than is requested
     */
    record AverageUtilization(int percent) implements ResourceTarget {
        public AverageUtilization {
            if (percent <= 0) {
                throw new IllegalArgumentException("averageUtilization must be above 0: " + percent);
            }
        }
    }

    /**
     * A fixed amount, whatever is requested.
     *
     * @param milli thousandths of a core or of a byte; above 0
     */
    record AverageValue(long milli) implements ResourceTarget {
        public AverageValue {
            if (milli <= 0) {
                throw new IllegalArgumentException("averageValue must be above 0: " + milli + " thousandths");
            }
        }
    }
}
