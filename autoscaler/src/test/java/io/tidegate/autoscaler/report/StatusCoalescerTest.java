package io.tidegate.autoscaler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.act.TokenBucket;
import io.tidegate.autoscaler.report.StatusCoalescer.Due;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusCoalescerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final StatusCoalescer<String, Integer> coalescer =
            new StatusCoalescer<>(Duration.ofSeconds(1), new TokenBucket(10, 3, 0));

    @Test
    void handsOutTheLatestOnly() {
        coalescer.submit("a", 1, 0);
        coalescer.submit("a", 2, 0);
        assertEquals(due("a", 2), coalescer.next(0));
        assertEquals(Optional.empty(), coalescer.next(0));
    }

    @Test
    void handsOutOneKeyAtMostOnceInAWhile() {
        coalescer.submit("a", 1, 0);
        assertEquals(due("a", 1), coalescer.next(0));
        coalescer.written("a", 0);
        coalescer.submit("a", 2, 0);
        assertEquals(Optional.empty(), coalescer.next(SECOND - 1));
        assertEquals(Duration.ofNanos(1), coalescer.idleFor(SECOND - 1));
        assertEquals(due("a", 2), coalescer.next(SECOND));
    }

    @Test
    void handsOutNothingOfAKeyThatIsBeingWritten() {
        coalescer.submit("a", 1, 0);
        assertEquals(due("a", 1), coalescer.next(0));
        coalescer.submit("a", 2, 0);
        assertEquals(Optional.empty(), coalescer.next(100 * SECOND));
        coalescer.written("a", 100 * SECOND);
        assertEquals(due("a", 2), coalescer.next(101 * SECOND));
    }

    @Test
    void waitsWithWhatIsNotDueYetUnlessSomethingNewerIs() {
        coalescer.submit("a", 1, SECOND);
        assertEquals(Optional.empty(), coalescer.next(0));
        assertEquals(Duration.ofSeconds(1), coalescer.idleFor(0));
        coalescer.submit("a", 2, 0);
        assertEquals(due("a", 2), coalescer.next(0));
    }

    @Test
    void keepsToTheBudgetAndServesWhoWaitsLongestFirst() {
        for (int i = 0; i < 5; i++) {
            coalescer.submit("k" + i, i, 0);
        }
        assertEquals(due("k0", 0), coalescer.next(0));
        assertEquals(due("k1", 1), coalescer.next(0));
        assertEquals(due("k2", 2), coalescer.next(0));
        assertEquals(Optional.empty(), coalescer.next(0));
        assertEquals(Duration.ofMillis(100), coalescer.idleFor(0));
        assertEquals(due("k3", 3), coalescer.next(SECOND / 10));
    }

    @Test
    void keepsWhatFailedUnlessSomethingNewerWaits() {
        coalescer.submit("a", 1, 0);
        assertEquals(due("a", 1), coalescer.next(0));
        coalescer.retry("a", 1, SECOND);
        assertEquals(Optional.empty(), coalescer.next(0));
        assertEquals(due("a", 1), coalescer.next(SECOND));
        coalescer.submit("a", 2, SECOND);
        coalescer.retry("a", 1, 2 * SECOND);
        assertEquals(due("a", 2), coalescer.next(2 * SECOND));
    }

    @Test
    void forgets() {
        coalescer.submit("a", 1, 0);
        coalescer.forget("a");
        assertEquals(Optional.empty(), coalescer.next(SECOND));
    }

    private static Optional<Due<String, Integer>> due(String key, int value) {
        return Optional.of(new Due<>(key, value));
    }
}
