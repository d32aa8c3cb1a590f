package io.tidegate.decision.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Refuses numbers that nothing can have, and keeps the others where sums and products of a few of them stay exact. */
final class Amounts {
    /** More executors, slots, tasks or partitions than any application has. */
    static final int MOST = 10_000_000;
    /** About 31 years, in ms: the sum of the run times of a million tasks of 16 minutes. */
    static final long LONGEST = 1_000_000_000_000L;

    private Amounts() {}

    static int count(String what, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + count);
        }
        return Math.min(count, MOST);
    }

    static long millis(String what, long millis) {
        return Math.min(amount(what, millis), LONGEST);
    }

    static OptionalLong millis(String what, OptionalLong millis) {
        return millis.isPresent() ? OptionalLong.of(millis(what, millis.getAsLong())) : millis;
    }

    static long amount(String what, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + amount);
        }
        return amount;
    }

    static OptionalDouble rate(String what, OptionalDouble rate) {
        if (rate.isPresent() && !(rate.getAsDouble() >= 0 && Double.isFinite(rate.getAsDouble()))) {
            throw new IllegalArgumentException(what + " must be 0 or more, and finite: " + rate.getAsDouble());
        }
        return rate;
    }
}
