package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PATIENCE_NANOS = PATIENCE.toNanos();

    /** Near where a monotonic clock may wrap around. */
    private static final long START = Long.MAX_VALUE - 5;

    @Test
    void isPatient() {
        Silence silence = new Silence(PATIENCE, true, START);
        assertFalse(silence.ofCollector(START + PATIENCE_NANOS));
        assertFalse(silence.ofApiServer(START + PATIENCE_NANOS));
        assertTrue(silence.ofCollector(START + PATIENCE_NANOS + 1));
        assertTrue(silence.ofApiServer(START + PATIENCE_NANOS + 1));
    }

    @Test
    void isBrokenByAWord() {
        Silence silence = new Silence(PATIENCE, true, START);
        long later = START + 2 * PATIENCE_NANOS;
        silence.pushed(later);
        assertFalse(silence.ofCollector(later + 1));
        assertTrue(silence.ofApiServer(later + 1));
        silence.watched(later);
        assertFalse(silence.ofApiServer(later + 1));
    }

    @Test
    void doesNotMissACollectorThatThereIsNot() {
        assertFalse(new Silence(PATIENCE, false, START).ofCollector(START + 2 * PATIENCE_NANOS));
    }
}
