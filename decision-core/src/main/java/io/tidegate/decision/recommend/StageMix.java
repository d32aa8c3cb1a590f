package io.tidegate.decision.recommend;

import io.tidegate.decision.signal.StageProfile;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the stages of an application are like, all together.
 *
 * @param meanMillis mean run time of a task; empty if no stage has been seen
 * @param widest most tasks of one stage
 * @param uneven how far the long tasks of half of the stages are from their median at most, over the median: 0 to 1
 */
record StageMix(OptionalDouble meanMillis, int widest, double uneven) {
    static StageMix of(List<StageProfile> stages) {
        double tasks = 0;
        double millis = 0;
        int widest = 0;
        for (StageProfile stage : stages) {
            tasks += stage.tasks();
            millis += stage.workMillis();
            widest = Math.max(widest, stage.tasks());
        }
        return new StageMix(
                tasks > 0 ? OptionalDouble.of(millis / tasks) : OptionalDouble.empty(), widest, uneven(stages));
    }

    private static double uneven(List<StageProfile> stages) {
        double[] spreads = stages.stream()
                .mapToDouble(stage -> TaskTime.spread(stage.p50Millis(), stage.longestMillis()))
                .sorted()
                .toArray();
        return spreads.length == 0 ? 1 : spreads[(spreads.length - 1) / 2];
    }
}
