package io.tidegate.decision.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateLearnerTest {
    private static final long FAR_BEHIND = 100_000;

    private CommitMemory commits = CommitMemory.EMPTY;
    private RateMemory rates = RateMemory.EMPTY;
    private long at;
    private long consumed;
    private int replicas = 1;
    private long changedAt = -1;

    /** A commit of {@code records} more, {@code millis} later. */
    private RateLearnerTest commit(long millis, long records) {
        return sample(millis, records, FAR_BEHIND, 4, 0);
    }

    private RateLearnerTest sample(long millis, long records, long lag, int lagging, int guessed) {
        at += millis;
        consumed += records;
        Totals totals = new Totals(lag, 0, consumed + lag, consumed, 4, guessed, lagging, 0, 0, consumed / 4);
        CommitMemory after = CommitMeter.update(commits, totals, at);
        rates = RateLearner.update(rates, commits, after, new Sighting(totals, at, replicas, changedAt));
        commits = after;
        return this;
    }

    private RateLearnerTest busy(int times, long millis, long records) {
        for (int i = 0; i < times; i++) {
            commit(millis, records);
        }
        return this;
    }

    @Test
    void knowsTheRateAtTheSecondCommit() {
        assertEquals(-1, commit(0, 0).commit(500, 100).rates.rate());
        assertEquals(200, commit(500, 100).rates.rate());
        assertEquals(0.09, rates.confidence(), 0.01);
    }

    @Test
    void growsSureWithTime() {
        commit(0, 0).busy(60, 500, 100);
        assertEquals(200, rates.rate());
        assertEquals(0.85, rates.confidence(), 0.02);
        assertEquals(500, commits.intervalMillis());
    }

    @Test
    void dividesByTheReplicas() {
        replicas = 4;
        commit(0, 0).busy(2, 500, 400);
        assertEquals(-1, rates.rate(), "two commits of four replicas say little");
        assertEquals(200, commit(500, 400).rates.rate());
    }

    @Test
    void doesNotTakeAnIdleReplicaForASlowOne() {
        commit(0, 0).busy(20, 500, 100);
        for (int i = 0; i < 100; i++) {
            sample(500, 10, 5, 4, 0);
        }
        assertEquals(200, rates.rate());
        sample(500, 0, 0, 0, 0);
        assertEquals(200, rates.rate());
    }

    @Test
    void doesNotTakeStarvedReplicasForSlowOnes() {
        replicas = 4;
        commit(0, 0).busy(20, 500, 400);
        for (int i = 0; i < 100; i++) {
            sample(500, 100, FAR_BEHIND, 1, 0);
        }
        assertEquals(200, rates.rate());
    }

    @Test
    void isNotDoubledOrHalvedByOneBadStretch() {
        commit(0, 0).busy(40, 500, 100);
        busy(10, 500, 400).busy(11, 500, 100);
        assertEquals(200, rates.rate());
        busy(10, 500, 20).busy(11, 500, 100);
        assertEquals(200, rates.rate());
    }

    @Test
    void followsAWorkloadThatBecomesSlower() {
        commit(0, 0).busy(60, 500, 100).busy(180, 500, 50);
        assertEquals(100, rates.rate(), 1);
        assertEquals(RateEstimate.MOST_INTERVALS, rates.intervals().size());
    }

    @Test
    void dropsWhatAChangeOfReplicasSpoils() {
        commit(0, 0).busy(20, 500, 100);
        replicas = 0;
        busy(4, 500, 50);
        replicas = 2;
        changedAt = at;
        commit(500, 900);
        assertEquals(BusyRun.NONE, rates.run(), "the group has to settle");
        busy(6, 500, 200);
        assertEquals(2, rates.run().replicas());
        assertEquals(200, rates.rate());
    }

    @Test
    void doesNotBelieveAMuchLowerRateRightAfterAChange() {
        commit(0, 0).busy(12, 500, 100);
        replicas = 4;
        changedAt = at;
        busy(28, 500, 100);
        assertEquals(200, rates.rate());
        busy(200, 500, 100);
        assertEquals(50, rates.rate(), "in the end it is believed");
    }

    @Test
    void dropsPausesAndOffsetsThatGoBack() {
        commit(0, 0).busy(20, 500, 100);
        commit(4_000, 10);
        assertEquals(200, busy(4, 500, 100).rates.rate());
        commit(500, -500);
        assertEquals(BusyRun.NONE, rates.run());
        assertEquals(200, busy(4, 500, 100).rates.rate());
    }

    @Test
    void learnsNothingWhereThePositionIsAGuess() {
        for (int i = 0; i < 20; i++) {
            sample(500, 100, FAR_BEHIND, 4, 1);
        }
        assertEquals(-1, rates.rate());
    }

    @Test
    void keepsThePartOfAStretchInWhichRecordsWaited() {
        commit(0, 0).busy(6, 500, 100);
        sample(200, 0, 0, 0, 0);
        assertEquals(BusyRun.NONE, rates.run());
        assertEquals(1, rates.intervals().size());
        assertEquals(200, rates.rate());
    }

    @Test
    void startsAnewWithOtherPartitions() {
        commit(0, 0).busy(6, 500, 100);
        Totals other = new Totals(9, 0, 9, 9_000, 5, 0, 5, 9, 0, -1);
        CommitMemory after = CommitMeter.update(commits, other, at + 500);
        rates = RateLearner.update(rates, commits, after, new Sighting(other, at + 500, 1, -1));
        assertEquals(BusyRun.NONE, rates.run());
        assertTrue(after.movedAt() < 0);
    }

    @Test
    void timesAnotherPartitionWhenTheOldOneRests() {
        commit(0, 0);
        assertEquals(0, commits.probe().partition());
        for (int i = 0; i < 40; i++) {
            at += 500;
            consumed += 100;
            Totals totals = new Totals(90, 0, consumed, consumed, 4, 0, 4, 30, 2, i < 31 ? 7 : consumed / 4);
            commits = CommitMeter.update(commits, totals, at);
        }
        assertEquals(2, commits.probe().partition());
        assertEquals(500, commits.intervalMillis());
    }

    @Test
    void learnsAShorterIntervalFasterThanALongerOne() {
        commit(0, 0).busy(20, 500, 100);
        assertEquals(500, commits.intervalMillis());
        assertEquals(575, commit(2_000, 400).commits.intervalMillis());
        assertEquals(387.5, commit(200, 40).commits.intervalMillis());
    }
}
