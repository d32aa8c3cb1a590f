package io.tidegate.bench.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.bench.spark.SparkReport.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkReportTest {

    private static Trial trial(int run, Way way, double makespan, double cost) {
        return new Trial(
                run, Job.SKEWED, way, makespan, makespan + 5, cost, 3, run, 0, 0, true, false, List.of(), List.of());
    }

    private static List<Trial> trials(double makespan, double cost) {
        List<Trial> trials = new ArrayList<>();
        for (int run = 1; run <= 3; run++) {
            trials.add(trial(run, Way.STATIC, 30, 180));
            trials.add(trial(run, Way.DYNAMIC, 38 + run, 200));
            trials.add(trial(run, Way.DYNAMIC_TIGHT, 40, 100));
            trials.add(trial(run, Way.TIDEGATE, makespan, run == 3 ? 1_000 : cost));
        }
        return trials;
    }

    @Test
    void comparesMediansWithBothOfDynamicAllocation() {
        SparkReport report = SparkReport.of("hash", 6, trials(42, 100));

        assertEquals(
                List.of(
                        new Comparison(Job.SKEWED, Way.DYNAMIC, 1.05, 0.5, 0.8, true),
                        new Comparison(Job.SKEWED, Way.DYNAMIC_TIGHT, 1.05, 1, 0.8, false)),
                report.comparisons());
        assertEquals(3, report.runs());
        assertEquals(6, report.results().getLast().lostTasks());
        assertTrue(report.exact());
        assertTrue(SparkTable.of(report).contains("1.00  (aim: 1.05, 0.8)"), SparkTable.of(report));
    }

    @Test
    void aimsAtTimeAsWellAsCost() {
        SparkReport report = SparkReport.of("hash", 6, trials(43, 50));

        assertFalse(report.comparisons().getFirst().reached());
    }

    @Test
    void takesTheMeanOfTheMiddleTwo() {
        assertEquals(
                15,
                SparkReport.median(
                        List.of(trial(1, Way.STATIC, 20, 1), trial(2, Way.STATIC, 10, 1)), Trial::makespanSeconds));
    }

    @Test
    void givesEachWayEachPlace() {
        for (int place = 0; place < Way.values().length; place++) {
            int at = place;
            assertEquals(
                    List.of(Way.values()).size(),
                    java.util.stream.IntStream.range(0, 4)
                            .mapToObj(round -> Way.rotated(round).get(at))
                            .distinct()
                            .count());
        }
    }
}
