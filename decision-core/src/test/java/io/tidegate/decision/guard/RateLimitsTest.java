package io.tidegate.decision.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Facts;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Row;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SelectPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final int LARGEST = 200;

    @Test
    @Row("behavior/rate-percent")
    void areExact() {
        for (int percent = 1; percent < 100; percent++) {
            Policy down = limited(percent, false);
            Policy up = limited(percent, true);
            for (int size = 1; size <= LARGEST; size++) {
                BigDecimal part = BigDecimal.valueOf((long) size * percent).divide(BigDecimal.valueOf(100));
                BigDecimal whole = BigDecimal.valueOf(size);
                assertEquals(
                        whole.add(part).setScale(0, RoundingMode.CEILING).intValueExact(),
                        decided(up, size, 1_000_000),
                        percent + " % up from " + size);
                assertEquals(
                        Math.max(
                                1,
                                whole.subtract(part)
                                        .setScale(0, RoundingMode.FLOOR)
                                        .intValueExact()),
                        decided(down, size, 0),
                        percent + " % down from " + size);
            }
        }
    }

    private static Policy limited(int percent, boolean up) {
        return Facts.with(
                Facts.byLag(1, 1_000),
                up ? Facts.limits(SelectPolicy.MAX, Facts.percent(percent, 15)) : Facts.window(0),
                up ? Facts.window(0) : Facts.limits(SelectPolicy.MAX, Facts.percent(percent, 15)));
    }

    private static int decided(Policy policy, int size, long lag) {
        long[] lags = new long[1_000];
        java.util.Arrays.fill(lags, lag / lags.length);
        return DecisionEngine.decide(
                        policy, Facts.seen(Facts.running(size), Facts.lag(0, lags)), Memory.empty(), Facts.second(0))
                .decision()
                .desired();
    }
}
