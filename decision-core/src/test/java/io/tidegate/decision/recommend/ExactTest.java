package io.tidegate.decision.recommend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactTest {
    private static final long MOST = Long.MAX_VALUE;

    @Test
    void agreesWithNumbersWithoutAnEnd() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            long part = random.nextLong(MOST) >> random.nextInt(63);
            long whole = 1 + (random.nextLong(MOST - 1) >> random.nextInt(63));
            int count = random.nextInt(Integer.MAX_VALUE) >> random.nextInt(31);
            BigInteger hundredfold = BigInteger.valueOf(part).multiply(BigInteger.valueOf(100));
            String where = "seed " + seed + ": " + part + " of " + whole + ", " + count;
            assertEquals(cut(hundredfold.divide(BigInteger.valueOf(whole))), Exact.percent(part, whole), where);
            BigInteger[] parts = BigInteger.valueOf(part)
                    .multiply(BigInteger.valueOf(count))
                    .divideAndRemainder(BigInteger.valueOf(whole));
            assertEquals(
                    cut(parts[0].add(BigInteger.valueOf(parts[1].signum()))), Exact.ceiling(part, whole, count), where);
            BigDecimal least = BigDecimal.valueOf(whole).multiply(new BigDecimal("0.93"));
            BigDecimal most = BigDecimal.valueOf(whole).multiply(new BigDecimal("1.07"));
            BigDecimal share = BigDecimal.valueOf(part);
            assertEquals(
                    share.compareTo(least) >= 0 && share.compareTo(most) <= 0,
                    Exact.within(part, whole, 0.07, 0.07),
                    where);
        }
    }

    @Test
    void countsItsBoundsIn() {
        assertTrue(Exact.within(110, 100, 0, 0.1));
        assertFalse(Exact.within(111, 100, 0, 0.1));
        assertTrue(Exact.within(90, 100, 0.1, 0));
        assertFalse(Exact.within(89, 100, 0.1, 0));
    }

    @Test
    void bearsAnyTolerance() {
        assertTrue(Exact.within(0, MOST, Double.MAX_VALUE, 0));
        assertTrue(Exact.within(1_000_000_000L, 1, 0, Double.MAX_VALUE));
        assertFalse(Exact.within(MOST, MOST - 1, 0, Double.MIN_VALUE));
    }

    private static int cut(BigInteger value) {
        return value.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValueExact();
    }
}
