package io.tidegate.decision.simulation.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.Application;
import io.tidegate.decision.Memory;
import io.tidegate.decision.simulation.spark.Plan.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jobs of {@code ./tidegate bench spark}, from which nobody goes whose shuffle is needed: 0 to 6 executors of one slot.
 */
class BenchJobsTest {
    private static final int MAX = 6;
    private static final long LATER = 100_000_000;

    /**
     * What each run after the first must keep.
     *
     * @param start seconds from asking for an executor to its registration
     * @param share most executor-seconds over those of dynamic allocation, with any idle timeout
     */
    record Expected(Plan plan, double start, double share) {
        @Override
        public String toString() {
            return plan.name() + ", start " + start + " s";
        }
    }

    private static Plan shortJobs() {
        List<Plan.Job> jobs = new ArrayList<>();
        for (int id = 0; id < 40; id += 2) {
            jobs.add(new Plan.Job(List.of(
                    new Stage(id, List.of(), Collections.nCopies(8, 230L)),
                    new Stage(id + 1, List.of(id), Collections.nCopies(8, 230L)))));
        }
        return new Plan("short", jobs, 1_000);
    }

    private static Plan skewed() {
        List<Long> last = new ArrayList<>(Collections.nCopies(16, 530L));
        last.set(0, 20_030L);
        last.set(1, 20_030L);
        return new Plan(
                "skewed",
                List.of(new Plan.Job(List.of(
                        new Stage(0, List.of(), Collections.nCopies(16, 530L)), new Stage(1, List.of(0), last)))),
                0);
    }

    private static Plan saturated() {
        return new Plan(
                "saturated",
                List.of(new Plan.Job(List.of(
                        new Stage(0, List.of(), Collections.nCopies(96, 3_030L)),
                        new Stage(1, List.of(0), Collections.nCopies(96, 3_030L))))),
                0);
    }

    static Stream<Expected> jobs() {
        return Stream.of(4.0, 8.0)
                .flatMap(start -> Stream.of(
                        new Expected(shortJobs(), start, 0.8),
                        new Expected(skewed(), start, 0.8),
                        new Expected(saturated(), start, 1.0)));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void costsLessOnceTheJobIsKnown(Expected expected) {
        Run usual = Run.of(expected.plan(), 1, expected.start(), new DynamicAllocation(0, MAX, 60_000), true);
        Run tight = Run.of(expected.plan(), 1, expected.start(), new DynamicAllocation(0, MAX, 5_000), true);
        Memory memory = Memory.empty();
        for (int run = 1; run <= 4; run++) {
            Engine engine = new Engine(Application.policy(0, MAX), "run-" + run, memory, run * LATER);
            Run own = Run.of(expected.plan(), 1, expected.start(), engine, true);
            memory = engine.memory();
            String told =
                    "run " + run + ": " + own + ", by default " + usual + ", tight " + tight + " " + engine.changes();
            if (run == 1) {
                continue;
            }
            assertTrue(own.seconds() <= 1.05 * Math.min(usual.seconds(), tight.seconds()), told);
            assertTrue(own.executorSeconds() <= expected.share() * usual.executorSeconds(), told);
            assertTrue(own.executorSeconds() <= expected.share() * tight.executorSeconds(), told);
        }
    }
}
