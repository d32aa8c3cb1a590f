package io.tidegate.decision;

import static io.tidegate.decision.Application.batch;
import static io.tidegate.decision.Application.begun;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.QueryReading;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many executors a streaming query gets. Its slots process 100 rows/s, and there are 12 partitions. */
class SparkStreamingTest {
    private static final Policy POLICY = Application.policy(0, 20);

    private Memory memory = Memory.empty();
    private Policy policy = POLICY;
    private long number;
    private double second;

    /** The next batch, of so many rows, has taken so long with {@code executors}; one tells what is decided. */
    private Decision after(int executors, long rows, long millis) {
        return after(executors, batch("q", ++number, rows, millis, 10_000, rows * 10));
    }

    private Decision after(int executors, QueryReading query) {
        second += 10;
        return see(Application.of(executors, executors).query(query));
    }

    private Decision see(Application application) {
        Step step = application.decide(policy, memory, second);
        memory = step.memory();
        return step.decision();
    }

    private static QueryReading with(QueryReading query, @Nullable Double rate, long backlog, boolean stateful) {
        return new QueryReading(
                query.name(),
                query.batch(),
                query.rows(),
                query.batchMillis(),
                query.addBatchMillis(),
                query.triggerMillis(),
                query.taskMillis(),
                query.tasks(),
                query.sinceEndMillis(),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                backlog < 0 ? OptionalLong.empty() : OptionalLong.of(backlog),
                query.partitions(),
                query.shufflePartitions(),
                stateful,
                query.executors());
    }

    @Test
    void growsOnceTwoBatchesHaveShownIt() {
        // 800 rows/s take 8 busy slots, and 12 to be done within 7 s of 10.
        assertEquals(2, after(2, 8_000, 11_000).desired());
        Decision grown = after(2, 8_000, 11_000);
        assertEquals(3, grown.desired(), grown::sentence);
        assertEquals(
                "2 -> 3: 727 rows/s arrive; a slot processes 100 rows/s, and the last batch took 11 s of 7 s that it may"
                        + " take; that takes 3 executors of 4 slots, as many as the partitions can use.",
                grown.sentence());
        assertEquals("streaming", grown.recommendations().getFirst().recommender());
    }

    @Test
    void neverAsksForMoreThanThePartitionsCanUse() {
        after(2, 80_000, 100_000);
        assertEquals(3, after(2, 80_000, 100_000).desired());
    }

    @Test
    void shrinksOnceFourBatchesHaveShownItAndOnlyBetweenBatches() {
        for (int i = 0; i < 3; i++) {
            assertEquals(3, after(3, 1_000, 1_500).desired());
        }
        second += 10;
        QueryReading late = batch("q", ++number, 1_000, 1_500, 10_000, 10_000);
        QueryReading ended = new QueryReading(
                "q",
                late.batch(),
                1_000,
                1_500,
                1_400,
                OptionalLong.of(10_000),
                10_000,
                12,
                4_000,
                OptionalDouble.of(100),
                OptionalLong.of(0),
                12,
                0,
                false,
                3);
        assertEquals(
                3,
                see(Application.of(3, 3).query(ended).stage(begun(9, 12, 12, 10)))
                        .desired());
        second += 1;
        Decision shrunk = see(Application.of(3, 3).query(ended));
        assertEquals(1, shrunk.desired(), shrunk::sentence);
    }

    @Test
    void followsAFallWithinFiveBatches() {
        assertEquals(3, after(3, 8_000, 6_000).desired());
        // It has rows from before and after the fall.
        assertEquals(3, after(3, 5_000, 4_000).desired());
        for (int i = 0; i < 3; i++) {
            assertEquals(3, after(3, 1_000, 1_500).desired());
        }
        Decision shrunk = after(3, 1_000, 1_500);
        assertEquals(1, shrunk.desired(), shrunk::sentence);
    }

    @Test
    void staysWhereLittleWouldChange() {
        policy = Application.policy(0, 40);
        Decision last = after(9, wide(9_000, 9, false));
        for (int i = 0; i < 7; i++) {
            assertEquals(9, last.desired(), last::sentence);
            last = after(9, wide(9_000, 9, false));
        }
        assertTrue(last.sentence().contains("8 executors of 4 slots, and 9 executors until"), last::sentence);
    }

    /** A batch over 400 partitions, with 20 ms a row and slot, and half a second besides. */
    private QueryReading wide(long rows, int executors, boolean stateful) {
        long millis = rows * 20 * Math.ceilDiv(400, 4 * executors) / 400 + 500;
        return new QueryReading(
                "q",
                ++number,
                rows,
                millis,
                millis - 500,
                OptionalLong.of(10_000),
                rows * 20,
                400,
                100,
                OptionalDouble.of(rows / 10.0),
                OptionalLong.empty(),
                100,
                400,
                stateful,
                executors);
    }

    @Test
    void movesInFewLargerStepsWhereThereIsState() {
        policy = Application.policy(0, 40);
        after(4, wide(10_000, 4, true));
        Decision decision = after(4, wide(10_000, 4, true));
        // Eight are needed, and a quarter more.
        assertEquals(10, decision.desired(), decision::sentence);
        for (int i = 0; i < 6; i++) {
            decision = after(10, wide(8_500, 10, true));
            assertEquals(10, decision.desired(), decision::sentence);
        }
        for (int i = 0; i < 5; i++) {
            decision = after(10, wide(5_000, 10, true));
        }
        assertEquals(4, decision.desired(), decision::sentence);
    }

    @Test
    void worksOffABacklog() {
        QueryReading calm = with(batch("q", ++number, 1_000, 2_000, 10_000, 10_000), 100.0, 0, false);
        QueryReading late = with(batch("q", ++number, 1_000, 2_000, 10_000, 10_000), 100.0, 80_000, false);
        after(1, calm);
        after(1, late);
        Decision grown = after(1, with(batch("q", ++number, 1_000, 2_000, 10_000, 10_000), 100.0, 80_000, false));
        // 110 + 79,000 / 100 s: 9 slots; of 12 partitions each then has two.
        assertEquals(3, grown.desired(), grown::sentence);
        assertTrue(grown.sentence().contains("and 80 000 wait"), grown::sentence);
    }

    @Test
    void estimatesArrivalsFromRowsWhereTheyAreNotTold() {
        after(1, with(batch("q", ++number, 8_000, 5_000, 10_000, 80_000), null, -1, false));
        Decision grown = after(1, with(batch("q", ++number, 8_000, 5_000, 10_000, 80_000), null, -1, false));
        assertEquals(3, grown.desired(), grown::sentence);
    }

    @Test
    void takesTheRowsOfAFirstBatchForArrivals() {
        after(3, with(batch("q", ++number, 8_000, 5_000, 10_000, 80_000), 0.0, 0, false));
        Decision decision =
                see(Application.of(3, 3).query(with(batch("q", number, 8_000, 5_000, 10_000, 80_000), 0.0, 0, false)));
        assertEquals(3, decision.desired(), decision::sentence);
        assertTrue(decision.sentence().contains("800 rows/s arrive"), decision::sentence);
        assertTrue(decision.sentence().contains("that takes 3 executors"), decision::sentence);
    }

    @Test
    void holdsLatencyWhereBatchesFollowOneAnother() {
        policy = Application.policy(0, 20, new Objective.Latency(Duration.ofSeconds(4), 99), Application.query("q"));
        after(1, with(batch("q", ++number, 900, 3_000, 0, 9_000), 300.0, 0, false));
        Decision grown = after(1, with(batch("q", ++number, 900, 3_000, 0, 9_000), 300.0, 0, false));
        assertEquals(3, grown.desired(), grown::sentence);
        assertEquals(Optional.of(false), grown.objectiveHeld(), "3 s of 2 s");
        assertEquals(
                Optional.of(true),
                after(3, with(batch("q", ++number, 300, 1_000, 0, 3_000), 300.0, 0, false))
                        .objectiveHeld());
    }

    @Test
    void keepsUpWithoutTriggerAndObjective() {
        policy = Application.policy(0, 20, null, Application.query("q"));
        after(1, with(batch("q", ++number, 900, 2_000, 0, 9_000), 500.0, 0, false));
        Decision grown = after(1, with(batch("q", ++number, 900, 2_000, 0, 9_000), 500.0, 0, false));
        // 5 busy slots, at 70 %.
        assertEquals(3, grown.desired(), grown::sentence);
        assertEquals(Optional.empty(), grown.objectiveHeld());
        assertFalse(grown.sentence().contains("may take"), grown::sentence);
    }

    @Test
    void letsATriggerOfThePolicyCount() {
        policy = Application.policy(
                0,
                20,
                new Objective.Latency(Duration.ofSeconds(1), 99),
                new SparkSignal(Optional.empty(), false, Optional.empty(), Optional.of(Duration.ofSeconds(10)), 0.7));
        after(1, with(batch("q", ++number, 3_000, 5_000, -1, 30_000), 300.0, 0, false));
        Decision decision = after(1, with(batch("q", ++number, 3_000, 5_000, -1, 30_000), 300.0, 0, false));
        // No batch can end before its trigger: a fifth of what it could take is what is aimed at.
        assertEquals(3, decision.desired(), decision::sentence);
    }

    @Test
    void givesAllBackWhenNothingIsReadAnyMore() {
        after(3, 1_000, 1_500);
        second += 10;
        QueryReading old = batch("q", number, 1_000, 1_500, 10_000, 10_000);
        QueryReading quiet = new QueryReading(
                "q",
                old.batch(),
                1_000,
                1_500,
                1_400,
                OptionalLong.of(10_000),
                10_000,
                12,
                50_001,
                OptionalDouble.of(100),
                OptionalLong.of(0),
                12,
                0,
                false,
                3);
        Application idle = Application.of(3, 3).idle(50_001).query(quiet);
        Decision decision = see(idle);
        assertEquals(0, decision.desired(), decision::sentence);
        assertEquals(
                "3 -> 0: 100 rows/s arrive, and no batch has run for long, so no executor is needed.",
                decision.sentence());
    }

    @Test
    void wakesAtOnce() {
        QueryReading query = batch("q", ++number, 1_000, 1_500, 10_000, 10_000);
        Decision woken = after(0, query);
        assertEquals(1, woken.desired(), woken::sentence);
        assertEquals("Waking", woken.reason().code());
    }

    @Test
    void asksForNothingWhereNothingArrives() {
        Decision decision = after(3, with(batch("q", ++number, 0, 300, 10_000, 0), 0.0, -1, false));
        assertEquals(
                "Stays at 3: 0 rows/s arrive, and the last batch, which did not show what a slot can process, took 0.3 s of"
                        + " 7 s that it may take; that takes 0 executors of 4 slots, and 3 executors until more batches have"
                        + " shown it.",
                decision.sentence());
        for (int i = 0; i < 3; i++) {
            assertEquals(3, decision.desired(), decision::sentence);
            decision = after(3, with(batch("q", ++number, 0, 300, 10_000, 0), 0.0, 0, false));
        }
        assertEquals(0, decision.desired(), decision::sentence);
    }

    @Test
    void holdsWhatABatchCannotTell() {
        after(3, with(batch("q", ++number, 0, 300, 10_000, 0), 50.0, 0, false));
        Decision decision = after(3, with(batch("q", ++number, 0, 300, 10_000, 100), 50.0, 100, false));
        assertEquals(3, decision.desired(), decision::sentence);
        assertEquals("LearningRate", decision.reason().code());
        after(3, 1_000, 1_500);
        after(3, 1_000, 1_500);
        assertEquals(3, after(3, 1_000, 1_500).desired(), "one of the last four tells nothing");
    }

    @Test
    void waitsForTheFirstBatchOfTheQueryThatItFollows() {
        policy = Application.policy(0, 20, null, Application.query("other"));
        Decision decision = after(2, 8_000, 11_000);
        assertEquals(2, decision.desired());
        assertEquals("LearningRate", decision.reason().code());
        assertEquals(
                "Stays at 2: No batch has shown yet what a slot can process, so 2 executors must show it.",
                decision.sentence());
    }
}
