package io.tidegate.decision.recommend;

import java.math.BigInteger;

/**
 * Shares and ceilings of whole numbers of 0 or more without rounding and without overflow. Results that no size can have
 * are cut to the largest int.
 */
final class Exact {
    /** Tolerances are told apart to a billionth. */
    private static final long WHOLE = 1_000_000_000L;

    private static final long MOST_BILLIONTHS = 1_000_000_000_000_000_000L;
    private static final long PERCENT = 100;

    private Exact() {}

    /** The largest whole percentage of {@code whole}, above 0, that {@code part} reaches. */
    static int percent(long part, long whole) {
        if (fits(part, PERCENT)) {
            return (int) Math.min(Integer.MAX_VALUE, part * PERCENT / whole);
        }
        return cut(product(part, PERCENT).divide(BigInteger.valueOf(whole)));
    }

    /** {@code part / whole x count}, rounded up; {@code whole} is above 0. */
    static int ceiling(long part, long whole, int count) {
        if (fits(part, count)) {
            return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(part * count, whole));
        }
        BigInteger[] parts = product(part, count).divideAndRemainder(BigInteger.valueOf(whole));
        return cut(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
    }

    /** Whether {@code part / whole} is from {@code 1 - down} to {@code 1 + up}, bounds included. */
    static boolean within(long part, long whole, double down, double up) {
        long least = Math.max(0, WHOLE - billionths(down));
        long most = WHOLE + billionths(up);
        return compare(part, WHOLE, whole, least) >= 0 && compare(part, WHOLE, whole, most) <= 0;
    }

    private static long billionths(double share) {
        return Math.min(MOST_BILLIONTHS, Math.round(share * WHOLE));
    }

    private static int compare(long a, long b, long c, long d) {
        return fits(a, b) && fits(c, d)
                ? Long.compare(a * b, c * d)
                : product(a, b).compareTo(product(c, d));
    }

    private static boolean fits(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static int cut(BigInteger value) {
        return value.bitLength() < Integer.SIZE ? value.intValue() : Integer.MAX_VALUE;
    }
}
