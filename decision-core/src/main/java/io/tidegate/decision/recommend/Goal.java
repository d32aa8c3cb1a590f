package io.tidegate.decision.recommend;

import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.signal.SparkMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a run should be over.
 *
 * @param left ms from the decision; infinite if there is no such time
 * @param learned whether an earlier run has shown how much there is to do
 */
record Goal(double left, boolean learned) {
    static Goal of(Optional<Objective> objective, SparkMemory course, Instant now) {
        Instant begin = Instant.ofEpochMilli(course.startedAt());
        Optional<Instant> end = objective.flatMap(one -> switch (one) {
            case Objective.Within within -> Optional.of(begin.plus(within.duration()));
            case Objective.Until until -> Optional.of(until.deadline().after(begin));
            case Objective.By by -> Optional.of(by.end());
            case Objective.Latency ignored -> Optional.empty();
        });
        double left = end.isPresent() ? Duration.between(now, end.get()).toMillis() : Double.POSITIVE_INFINITY;
        return new Goal(left, course.pastWorkMillis() > 0);
    }

    /** Steps whose end counts: what is only expected does if an earlier run has shown it. */
    int counted(RemainingWork work) {
        return learned ? work.all() : work.steps();
    }

    boolean present() {
        return left < Double.POSITIVE_INFINITY;
    }
}
