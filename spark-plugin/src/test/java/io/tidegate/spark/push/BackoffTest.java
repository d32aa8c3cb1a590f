package io.tidegate.spark.push;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void waitsTwiceAsLongEachTime() {
        assertTrue(backoff.isOver(0));
        backoff.failed(0);
        assertFalse(backoff.isOver(Duration.ofMillis(499).toNanos()));
        assertTrue(backoff.isOver(Duration.ofMillis(500).toNanos()));
        backoff.failed(0);
        assertFalse(backoff.isOver(Duration.ofMillis(999).toNanos()));
        assertTrue(backoff.isOver(Duration.ofSeconds(1).toNanos()));
    }

    @Test
    void neverWaitsLongerThanHalfAMinute() {
        for (int i = 0; i < 100; i++) {
            backoff.failed(0);
        }
        assertTrue(backoff.isOver(Duration.ofSeconds(32).toNanos()));
    }

    @Test
    void startsAnewAfterASuccess() {
        backoff.failed(0);
        backoff.succeeded(1);
        assertTrue(backoff.isOver(1));
    }
}
