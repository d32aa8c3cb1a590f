package io.tidegate.decision.policy;

/** What a number from outside is meant to be. */
public sealed interface ValueTarget {
    /** Thousandths; above 0. */
    long milli();

    /** The share of each replica: the number divided by it is the size. */
    record AverageValue(long milli) implements ValueTarget {
        public AverageValue {
            requirePositive("averageValue", milli);
        }
    }

    /** The number itself: as far as it is above or below, so is the size. */
    record Value(long milli) implements ValueTarget {
        public Value {
            requirePositive("value", milli);
        }
    }

    private static void requirePositive(String what, long milli) {
        if (milli <= 0) {
            throw new IllegalArgumentException(what + " must be above 0: " + milli + " thousandths");
        }
    }
}
