package io.tidegate.renderer.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTest {

    private static final Instant FROM = Instant.parse("2026-01-31T03:00:00Z");

    @Test
    void aStepIsNoShorterThanTheInterval() {
        assertEquals(5, span(Duration.ofMinutes(5)).step(680));
    }

    @Test
    void aStepIsNoNarrowerThanAPixel() {
        assertEquals(128, span(Duration.ofDays(1)).step(680));
    }

    @Test
    void aRateIsOverFourReadings() {
        assertEquals(20, span(Duration.ofMinutes(5)).rateSeconds(5));
    }

    @Test
    void aRateIsOverAStepAtLeast() {
        assertEquals(133, span(Duration.ofDays(1)).rateSeconds(128));
    }

    @Test
    void endsAfterItsBeginning() {
        assertThrows(IllegalArgumentException.class, () -> span(Duration.ZERO));
    }

    private static Span span(Duration length) {
        return new Span(FROM, FROM.plus(length), Duration.ofSeconds(5));
    }
}
