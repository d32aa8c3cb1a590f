package io.tidegate.decision.signal;

import static io.tidegate.decision.Application.active;
import static io.tidegate.decision.Application.batch;
import static io.tidegate.decision.Application.begun;
import static io.tidegate.decision.Application.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.Application;
import io.tidegate.decision.Facts;
import io.tidegate.decision.model.TaskTimes;
import io.tidegate.decision.policy.SparkSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of an application, and how much of it. */
class SparkMeterTest {
    private SparkMemory memory = SparkMemory.EMPTY;
    private double lastSecond = -1;

    private void see(Application application, double second) {
        see(SparkSignal.plain(), application, second);
    }

    private void see(SparkSignal signal, Application application, double second) {
        long last = lastSecond < 0 ? -1 : Facts.second(lastSecond).toEpochMilli();
        memory = SparkMeter.update(
                memory,
                signal,
                application.reading(),
                last,
                Facts.second(second).toEpochMilli());
        lastSecond = second;
    }

    @Test
    void learnsHowLongAnExecutorTakesToStart() {
        see(Application.of(1, 0).start(-1), 1);
        assertEquals(-1, memory.startMillis());
        see(Application.of(1, 1).start(4_000), 2);
        assertEquals(4_000, memory.startMillis());
        see(Application.of(2, 2).start(8_000), 3);
        assertEquals(8_000, memory.startMillis(), "a slower one counts at once");
        see(Application.of(3, 3).start(4_000), 4);
        see(Application.of(3, 3).start(4_000), 5);
        assertEquals(6_000, memory.startMillis(), "a faster one by half, and once");
        see(Application.of(3, 0).start(-1), 6);
        assertEquals(6_000, memory.startMillis());
        see(Application.of(3, 3).start(Duration.ofHours(2).toMillis()), 7);
        assertEquals(600_000, memory.startMillis(), "an outage is no start");
    }

    @Test
    void countsTheWorkOfARunAndRemembersThatOfTheLast() {
        see(Application.of(2, 2).up(5_000).stage(begun(0, 100, 8, 500)), 10);
        assertEquals(Facts.second(5).toEpochMilli(), memory.startedAt());
        see(Application.of(2, 2).stage(begun(0, 100, 4, 500)), 12);
        see(Application.of(2, 2).stage(begun(0, 100, 8, 500)), 13);
        assertEquals(8 * 2_000 + 4 * 1_000, memory.workMillis());
        see(Application.of(2, 2).stage(begun(0, 100, 8, 500)), 113);
        assertEquals(20_000 + 8 * 30_000, memory.workMillis(), "of a gap nothing is known");

        see(Application.of(2, 2).run("spark-2"), 200);
        assertEquals(Facts.second(200).toEpochMilli(), memory.startedAt());
        assertEquals(260_000, memory.pastWorkMillis());
        assertEquals(0, memory.workMillis());
        see(Application.of(2, 2).run("spark-3"), 201);
        assertEquals(130_000, memory.pastWorkMillis(), "a run that failed at once is not the measure");
    }

    @Test
    void remembersTheHeaviestStages() {
        for (int id = 0; id < 20; id++) {
            see(Application.of(2, 2).stage(active(id, 100 + id, 8, 10, 1_000, 2_000)), id);
        }
        see(Application.of(2, 2).idle(0), 20);
        assertEquals(SparkMeter.MOST_STAGES, memory.stages().size());
        assertTrue(memory.stages().stream().allMatch(stage -> stage.stage() >= 4), memory::toString);
        see(Application.of(2, 2).stage(active(30, 2, 1, 1, 10, 20)), 21);
        see(Application.of(2, 2).stage(active(32, 2, 1, 1, 10, 20)), 21.5);
        see(Application.of(2, 2).idle(0), 21.7);
        assertTrue(memory.stages().contains(new StageProfile(32, 2, 10, 10, 20, 1)), "the last one, however light");
        assertEquals(
                15, memory.stages().stream().filter(stage -> stage.tasks() > 2).count());
        List<StageProfile> before = memory.stages();
        see(Application.of(2, 2).stage(begun(31, 1_000, 8, 9_000)), 22);
        see(Application.of(2, 2).stage(active(19, 119, 8, 10, 1_000, 2_000)), 23);
        see(Application.of(2, 2).stage(active(19, 119, 8, 20, 3_000, 4_000)), 24);
        assertEquals(before, memory.stages(), "one that is not known, and one that is not over");
        see(Application.of(2, 2).idle(0), 25);
        assertEquals(16, memory.stages().size());
        assertTrue(memory.stages().contains(new StageProfile(19, 119, 3_000, 3_000, 4_000, 1)), memory::toString);

        see(Application.of(2, 2).run("spark-2").stage(active(0, 2, 1, 1, 10, 20)), 26);
        see(Application.of(2, 2).run("spark-2").idle(0), 27);
        assertTrue(memory.stages().contains(new StageProfile(0, 2, 10, 10, 20, 2)), "a run's own go before older ones");
    }

    @Test
    void countsThoseThatRunLastAsFarAsTheyWereSeen() {
        Optional<TaskTimes> shortOnes = Optional.of(new TaskTimes(7_000, 500, 600, 600));
        see(Application.of(6, 6).stage(active(1, 16, 2, 14, shortOnes, 9_000)), 1);
        see(Application.of(6, 6).stage(active(1, 16, 2, 14, shortOnes, 20_000)), 12);
        see(Application.of(6, 6).stage(active(2, 2, 2, 0, Optional.empty(), 287_000)), 13);
        see(Application.of(6, 6).run("spark-2").stage(begun(2, 2, 2, 0)), 14);
        assertEquals(
                List.of(
                        new StageProfile(1, 16, 500, 2_938, 20_000, 1),
                        new StageProfile(2, 2, 287_000, 287_000, 287_000, 1)),
                memory.stages());
    }

    @Test
    void followsAFewStagesAtATime() {
        Application five = Application.of(2, 2);
        for (int id = 0; id < 5; id++) {
            five = five.stage(active(id, 10, 1, 2, 1_000, 2_000));
        }
        see(five, 1);
        assertEquals(SparkMeter.MOST_ACTIVE, memory.active().size());
    }

    @Test
    void knowsSinceWhenSlotsAreToSpare() {
        see(Application.of(2, 2).stage(active(0, 100, 8, 90, 1_000, 1_000)), 1);
        assertEquals(-1, memory.spareSince(), "tasks wait");
        see(Application.of(2, 2).stage(active(0, 100, 8, 92, 1_000, 1_000)), 2);
        assertEquals(-1, memory.spareSince(), "all slots are taken");
        see(Application.of(2, 2).stage(active(0, 100, 3, 97, 1_000, 1_000)).stage(waiting(1, 50, 0)), 3);
        see(Application.of(2, 2).stage(active(0, 100, 2, 98, 1_000, 1_000)).stage(waiting(1, 50, 0)), 4);
        assertEquals(Facts.second(3).toEpochMilli(), memory.spareSince());
        see(Application.of(2, 2).stage(begun(1, 50, 8, 10)), 5);
        assertEquals(-1, memory.spareSince());
        see(Application.of(2, 2).idle(100), 6);
        see(Application.of(2, 2).run("spark-2").idle(100), 7);
        assertEquals(Facts.second(7).toEpochMilli(), memory.spareSince(), "of this run");
    }

    @Test
    void keepsTheLastBatches() {
        see(Application.of(2, 2), 0);
        for (int number = 1; number <= 7; number++) {
            see(Application.of(2, 2).query(batch("a", number, 100, 4_000, 10_000, 9_000)), number);
            see(Application.of(2, 2).query(batch("a", number, 100, 4_000, 10_000, 9_000)), number + 0.5);
        }
        assertEquals(SparkMeter.MOST_BATCHES, memory.batches().size());
        assertEquals(4, memory.batches().getFirst().batch());
        assertEquals(
                new BatchMark(7, 100, 4_000, 3_600, 9_000, 12, 8, 10, 0),
                memory.batches().getLast());
        see(Application.of(2, 2).query(batch("a", 0, 100, 4_000, 10_000, 9_000)), 9);
        assertEquals(1, memory.batches().size(), "a query that was started anew");
        see(Application.of(2, 2).run("spark-2").query(batch("a", 3, 100, 4_000, 10_000, 9_000)), 10);
        assertEquals(1, memory.batches().size(), "another run");
    }

    @Test
    void takesQueriesTogetherUnlessOneIsNamed() {
        Application two = Application.of(2, 2)
                .query(batch("a", 3, 100, 4_000, -1, 9_000))
                .query(batch("b", 4, 50, 2_000, 5_000, 1_000));
        Queries all = Queries.counted(SparkSignal.plain(), two.reading());
        assertEquals(new BatchMark(7, 150, 4_000, 3_600, 10_000, 24, 8, 35, 0), all.last());
        assertEquals(5_000, all.triggerMillis());
        assertEquals(24, all.parallelism());

        Queries named = Queries.counted(
                new SparkSignal(Optional.empty(), false, Optional.of("a"), Optional.of(Duration.ofSeconds(20)), 0.7),
                two.reading());
        assertEquals(1, named.count());
        assertEquals(20_000, named.triggerMillis());
        assertEquals(100, named.last().rows());

        Application three = two.query(batch("c", 1, 10, 1_000, 3_000, 500));
        assertEquals(
                3_000, Queries.counted(SparkSignal.plain(), three.reading()).triggerMillis());
    }
}
