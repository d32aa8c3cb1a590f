package io.tidegate.decision.model;

import java.time.Duration;
import java.time.Instant;

/** Keeps times where adding any period to them, and counting them in ms, cannot overflow. */
final class Times {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Duration LONGEST = Duration.ofDays(1);

    private Times() {}

    static Duration boundedPeriod(Duration period) {
        return period.isNegative() ? Duration.ZERO : period.compareTo(LONGEST) > 0 ? LONGEST : period;
    }

    static Instant bounded(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }
}
