package io.tidegate.autoscaler.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ForeignWritesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long GENERATION = 1;

    private final ForeignWrites writes =
            new ForeignWrites(new ConflictRules(Duration.ofSeconds(60), 2, Duration.ofMinutes(10)));

    @Test
    void expectsWhatTheDecisionSaw() {
        assertEquals(OptionalInt.of(3), writes.expected(3, 0));
        assertEquals(OptionalInt.empty(), writes.expected(null, 0));
    }

    @Test
    void expectsOurOwnWriteWhereTheDecisionHadNotSeenIt() {
        writes.wrote(3, 5, 0);
        assertEquals(OptionalInt.of(5), writes.expected(3, SECOND));
        assertEquals(OptionalInt.of(5), writes.expected(5, SECOND));
        assertEquals(OptionalInt.of(5), writes.expected(null, SECOND));
    }

    @Test
    void takesEachOfOurLatestWritesForOurs() {
        writes.wrote(3, 5, 0);
        writes.wrote(5, 8, SECOND);
        assertEquals(OptionalInt.of(8), writes.expected(3, 2 * SECOND));
        assertFalse(writes.conflicted(GENERATION, 2 * SECOND));
    }

    @Test
    void believesTheDecisionAgainAfterTheWindow() {
        writes.wrote(3, 5, 0);
        assertEquals(OptionalInt.of(3), writes.expected(3, 61 * SECOND));
    }

    @Test
    void anotherObjectHasAHistoryOfItsOwn() {
        writes.in("uid-1");
        writes.wrote(3, 5, 0);
        writes.observed(3, SECOND);
        writes.in("uid-2");
        writes.observed(1, 2 * SECOND);
        writes.observed(2, 3 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 3 * SECOND));
        assertEquals(OptionalInt.of(3), writes.expected(3, 3 * SECOND));
    }

    @Test
    void twoForeignSizesWithinTheWindowAreAConflict() {
        writes.wrote(3, 5, 0);
        writes.observed(3, SECOND);
        assertFalse(writes.conflicted(GENERATION, SECOND));
        writes.wrote(3, 5, 2 * SECOND);
        writes.observed(3, 3 * SECOND);
        assertTrue(writes.conflicted(GENERATION, 3 * SECOND));
    }

    @Test
    void theSameForeignSizeSeenTwiceCountsOnce() {
        writes.wrote(3, 5, 0);
        writes.observed(3, SECOND);
        writes.observed(3, 2 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 2 * SECOND));
    }

    @Test
    void foreignSizesFarApartAreNone() {
        writes.wrote(3, 5, 0);
        writes.observed(3, SECOND);
        writes.wrote(3, 5, 100 * SECOND);
        writes.observed(3, 101 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 101 * SECOND));
    }

    @Test
    void aWriteWhoseAnswerWasLostIsOurs() {
        writes.wrote(3, 5, 0);
        writes.mayHaveWritten(7, SECOND);
        writes.observed(7, SECOND);
        writes.observed(9, 2 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 2 * SECOND));
    }

    @Test
    void severalWritesWhoseAnswersWereLostAreOursHoweverLateTheyAreSeen() {
        writes.wrote(4, 2, 0);
        writes.mayHaveWritten(3, SECOND);
        writes.mayHaveWritten(4, 2 * SECOND);
        writes.observed(3, 3 * SECOND);
        writes.observed(4, 4 * SECOND);
        writes.mayHaveWritten(5, 5 * SECOND);
        writes.mayHaveWritten(1, 6 * SECOND);
        writes.observed(5, 7 * SECOND);
        writes.observed(1, 8 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 8 * SECOND));
    }

    @Test
    void aDecisionThatSawAWriteWhoseAnswerWasLostIsNoForeignWrite() {
        writes.wrote(4, 2, 0);
        writes.mayHaveWritten(3, SECOND);
        writes.wrote(2, 5, 2 * SECOND);
        assertEquals(OptionalInt.of(5), writes.expected(3, 3 * SECOND));
        writes.observed(5, 4 * SECOND);
        assertFalse(writes.conflicted(GENERATION, 4 * SECOND));
    }

    @Test
    void aSizeIsForeignAgainOnceAWriteThatMayHaveSetItIsLongAgo() {
        writes.mayHaveWritten(3, 0);
        writes.wrote(4, 2, 61 * SECOND);
        writes.observed(3, 62 * SECOND);
        writes.observed(7, 63 * SECOND);
        assertTrue(writes.conflicted(GENERATION, 63 * SECOND));
    }

    @Test
    void standsBackUntilTheTimeIsOverOrThePolicyChanges() {
        twoForeignSizesWithinTheWindow();
        assertTrue(writes.conflicted(GENERATION, 3 * SECOND));
        assertTrue(writes.conflicted(GENERATION, 602 * SECOND));
        assertFalse(writes.conflicted(GENERATION, 603 * SECOND));
    }

    @Test
    void aNewGenerationEndsIt() {
        twoForeignSizesWithinTheWindow();
        assertTrue(writes.conflicted(GENERATION, 3 * SECOND));
        assertFalse(writes.conflicted(GENERATION + 1, 4 * SECOND));
    }

    private void twoForeignSizesWithinTheWindow() {
        writes.wrote(3, 5, 0);
        writes.observed(3, SECOND);
        writes.wrote(3, 5, 2 * SECOND);
        writes.observed(3, 3 * SECOND);
    }
}
