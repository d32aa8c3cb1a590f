package io.tidegate.policyengine.decide;

import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.SparkSpec;
import io.tidegate.decision.policy.ScheduleSignal;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.policy.SparkMode;
import io.tidegate.decision.policy.SparkSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Spark application is decided by, as decision-core knows it. */
final class CoreSparkSignals {

    private CoreSparkSignals() {}

    /**
     * The signals of a policy for a Spark application: the application itself, and the schedules that it names.
     *
     * @throws IllegalArgumentException if nothing can be decided by them; the message says why
     */
    static List<Signal> with(List<Signal> named, PolicySpec spec) {
        if (spec.executors() == null) {
            throw new IllegalArgumentException("a Spark application needs executors, such as {min: 2, max: 80}");
        }
        List<Signal> signals = new ArrayList<>();
        signals.add(application(spec.spark(), spec.objective()));
        for (Signal signal : named) {
            if (!(signal instanceof ScheduleSignal)) {
                throw new IllegalArgumentException(
                        "signal " + signal.name() + ": a Spark application takes signals of the kind schedule only");
            }
            signals.add(signal);
        }
        return signals;
    }

    private static SparkSignal application(@Nullable SparkSpec spark, @Nullable Objective objective) {
        Double share = objective == null ? null : objective.batchOverTrigger();
        double batchOverTrigger = share == null ? SparkSignal.DEFAULT_BATCH_OVER_TRIGGER : share;
        if (spark == null) {
            return new SparkSignal(Optional.empty(), false, Optional.empty(), Optional.empty(), batchOverTrigger);
        }
        return new SparkSignal(
                Optional.ofNullable(spark.mode()).map(mode -> switch (mode) {
                    case bounded -> SparkMode.BOUNDED;
                    case managed -> SparkMode.MANAGED;
                }),
                spark.allowStageRetry(),
                Optional.ofNullable(spark.query()),
                Optional.ofNullable(spark.trigger()),
                batchOverTrigger);
    }
}
