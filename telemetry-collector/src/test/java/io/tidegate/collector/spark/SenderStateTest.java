package io.tidegate.collector.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.collector.sender.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderStateTest {

    private static final Instant OURS = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant THEIRS = Instant.parse("2031-01-01T00:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private final SenderState state = new SenderState(0);

    @Test
    void correctsAClockThatIsYearsOff() {
        assertEquals(Optional.of(OURS.minusMillis(500)), state.place(THEIRS, THEIRS.plusMillis(500), OURS, 0));
        assertEquals(
                Optional.of(OURS.plusMillis(750)),
                state.place(THEIRS.plusSeconds(1), THEIRS.plusMillis(1_250), OURS.plusSeconds(1), SECOND));
    }

    @Test
    void dropsWhatIsNotNewer() {
        assertTrue(place(10, 10, 0).isPresent());
        assertEquals(Optional.empty(), place(10, 10, 1), "the same again");
        assertEquals(Optional.empty(), place(9, 10, 2));
        assertTrue(place(11, 11, 3).isPresent());
    }

    @Test
    void dropsWhatWaitedForTooLong() {
        assertEquals(Optional.empty(), place(0, 601, 0));
        assertTrue(place(1, 601, 0).isPresent());
    }

    @Test
    void neverPlacesASnapshotAfterItsReceiptNorBeforeTheLastOne() {
        assertEquals(Optional.of(OURS), state.place(THEIRS.plusSeconds(99), THEIRS, OURS, 0), "made after it was sent");
        // The first body was held up on its way, so that the correction puts the second before it.
        assertEquals(
                Optional.of(OURS),
                state.place(THEIRS.plusSeconds(100), THEIRS.plusSeconds(103), OURS.plusSeconds(1), SECOND));
        // The receiver's clock was set back.
        assertEquals(
                Optional.of(OURS.minusSeconds(60)),
                state.place(THEIRS.plusSeconds(104), THEIRS.plusSeconds(104), OURS.minusSeconds(60), 2 * SECOND));
    }

    @Test
    void followsAClockThatWasSetBackAfterTenSeconds() {
        assertTrue(place(3_600, 3_600, 0).isPresent());
        assertEquals(Optional.empty(), place(5, 5, 5));
        assertTrue(place(10, 10, 10).isPresent());
        assertTrue(place(11, 11, 11).isPresent());
    }

    @Test
    void takesOneBodyAtATimeAndTenASecond() {
        assertTrue(state.enter(0));
        assertFalse(state.enter(0), "the first is not done");
        state.leave();
        for (int body = 1; body < 20; body++) {
            assertTrue(state.enter(0));
            state.leave();
        }
        assertFalse(state.enter(0), "the burst is over");
        assertTrue(state.enter(SECOND / 10));
        state.leave();
        assertFalse(state.enter(SECOND / 10));
    }

    @Test
    void countsWhatASenderLost() {
        assertEquals(3, state.newlyLost(3));
        assertEquals(0, state.newlyLost(3));
        assertEquals(4, state.newlyLost(7));
        assertEquals(2, state.newlyLost(2), "it was started again");
        assertEquals(1_000_000, state.newlyLost(Long.MAX_VALUE));
    }

    @Test
    void remembersABoundedNumberOfSenders() {
        Senders senders = new Senders(new Seats(3, 2));
        SenderState first = senders.of(sender("sales", "a"), 0).orElseThrow();
        assertTrue(senders.of(sender("sales", "b"), 0).isPresent());
        assertEquals(Optional.empty(), senders.of(sender("sales", "c"), 0), "its namespace has two already");
        assertTrue(senders.of(sender("other", "a"), 0).isPresent());
        assertEquals(Optional.empty(), senders.of(sender("third", "a"), 59 * SECOND), "there are three already");
        assertEquals(Optional.of(first), senders.of(sender("sales", "a"), 59 * SECOND));
        assertTrue(first.enter(59 * SECOND));
        assertTrue(senders.of(sender("third", "a"), 61 * SECOND).isPresent(), "two were silent for a minute");
        assertTrue(senders.of(sender("third", "b"), 200 * SECOND).isPresent());
        assertEquals(Optional.empty(), senders.of(sender("other", "a"), 200 * SECOND), "the eldest is busy");
    }

    private static Sender sender(String namespace, String pod) {
        return new Sender(namespace, pod, "uid");
    }

    private Optional<Instant> place(long at, long sentAt, long now) {
        return state.place(THEIRS.plusSeconds(at), THEIRS.plusSeconds(sentAt), OURS.plusSeconds(now), now * SECOND);
    }

    @Test
    void forgetsNobodyWhoIsBusy() {
        assertTrue(state.enter(0));
        assertFalse(state.isForgettable(Duration.ofHours(1).toNanos(), Duration.ofMinutes(1)));
        state.leave();
        assertTrue(state.isForgettable(Duration.ofHours(1).toNanos(), Duration.ofMinutes(1)));
    }
}
