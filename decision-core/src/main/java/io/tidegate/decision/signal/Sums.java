package io.tidegate.decision.signal;

/** Arithmetic on amounts of 0 or more that stays at the largest number instead of falling over it. */
final class Sums {
    private Sums() {}

    static long add(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    static long times(long a, long b) {
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }
}
