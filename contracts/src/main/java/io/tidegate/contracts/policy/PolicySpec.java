package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one workload, as in the spec of a ScalingPolicy. Exactly one of {@code scaleTargetRef} and {@code selector} is given.
 *
 * @param scaleTargetRef what is scaled, by name
 * @param selector what is scaled, by the labels of a Spark application's driver pods
 * @param mode whether decisions are carried out; absent means {@link Mode#Enforce}
 * @param replicas absolute bounds; absent means {@code executors}, else 0 to 10
 * @param executors absolute bounds of a Spark application, equal to {@code replicas}; absent for other workloads
 * @param objective what must hold; absent means thresholds decide, or for a Spark application the knee of its cost curve
 * @param signals what is watched, at most 32; a Spark application needs none
 * @param spark how a Spark application is scaled; absent means the defaults
 * @param behavior windows and rate limits as in autoscaling/v2; absent means the defaults of docs/policy.md
 * @param fallback size while signals stay stale; absent means hold
 * @param formula how the signals' sizes are combined; absent means that the largest counts
 * @param resources what may be done about what runs of a recurring Spark application begin with; absent means that it is told
 */
public record PolicySpec(
        @Nullable ScaleTargetRef scaleTargetRef,
        @Nullable DriverSelector selector,
        Mode mode,
        ReplicaBounds replicas,
        @Nullable ExecutorBounds executors,
        @Nullable Objective objective,
        List<SignalSpec> signals,
        @Nullable SparkSpec spark,
        @Nullable Behavior behavior,
        @Nullable Fallback fallback,
        @Nullable String formula,
        @Nullable ResourcesSpec resources) {

    /** Most signals of one policy. */
    public static final int MAX_SIGNALS = 32;

    @JsonCreator
    public PolicySpec(
            @JsonProperty("scaleTargetRef") @Nullable ScaleTargetRef scaleTargetRef,
            @JsonProperty("selector") @Nullable DriverSelector selector,
            @JsonProperty("mode") @Nullable Mode mode,
            @JsonProperty("replicas") @Nullable ReplicaBounds replicas,
            @JsonProperty("executors") @Nullable ExecutorBounds executors,
            @JsonProperty("objective") @Nullable Objective objective,
            @JsonProperty("signals") @Nullable List<SignalSpec> signals,
            @JsonProperty("spark") @Nullable SparkSpec spark,
            @JsonProperty("behavior") @Nullable Behavior behavior,
            @JsonProperty("fallback") @Nullable Fallback fallback,
            @JsonProperty("formula") @Nullable String formula,
            @JsonProperty("resources") @Nullable ResourcesSpec resources) {
        this.scaleTargetRef = scaleTargetRef;
        this.selector = selector;
        this.mode = mode == null ? Mode.Enforce : mode;
        this.executors = executors;
        this.replicas = bounds(replicas, executors);
        this.objective = objective;
        if (signals != null && signals.size() > MAX_SIGNALS) {
            throw new IllegalArgumentException(
                    "signals must have at most " + MAX_SIGNALS + " entries: " + signals.size());
        }
        this.signals = signals == null ? List.of() : List.copyOf(signals);
        this.spark = spark;
        this.behavior = behavior;
        this.fallback = fallback;
        this.formula = formula;
        this.resources = resources;
        checkTarget();
        checkObjective();
    }

    /** Rules that say nothing of what runs begin with. */
    public PolicySpec(
            @Nullable ScaleTargetRef scaleTargetRef,
            @Nullable DriverSelector selector,
            @Nullable Mode mode,
            @Nullable ReplicaBounds replicas,
            @Nullable ExecutorBounds executors,
            @Nullable Objective objective,
            @Nullable List<SignalSpec> signals,
            @Nullable SparkSpec spark,
            @Nullable Behavior behavior,
            @Nullable Fallback fallback,
            @Nullable String formula) {
        this(
                scaleTargetRef,
                selector,
                mode,
                replicas,
                executors,
                objective,
                signals,
                spark,
                behavior,
                fallback,
                formula,
                null);
    }

    /** Rules of anything but a Spark application. */
    public PolicySpec(
            @Nullable ScaleTargetRef scaleTargetRef,
            @Nullable Mode mode,
            @Nullable ReplicaBounds replicas,
            @Nullable Objective objective,
            @Nullable List<SignalSpec> signals,
            @Nullable Behavior behavior,
            @Nullable Fallback fallback,
            @Nullable String formula) {
        this(scaleTargetRef, null, mode, replicas, null, objective, signals, null, behavior, fallback, formula);
    }

    /** Rules of anything but a Spark application, whose largest signal counts. */
    public PolicySpec(
            @Nullable ScaleTargetRef scaleTargetRef,
            @Nullable Mode mode,
            @Nullable ReplicaBounds replicas,
            @Nullable Objective objective,
            @Nullable List<SignalSpec> signals,
            @Nullable Behavior behavior,
            @Nullable Fallback fallback) {
        this(scaleTargetRef, mode, replicas, objective, signals, behavior, fallback, null);
    }

    /** Rules that say what is scaled, and nothing that could be decided by. */
    public static PolicySpec withoutRules(@Nullable ScaleTargetRef scaleTargetRef, @Nullable DriverSelector selector) {
        return new PolicySpec(scaleTargetRef, selector, null, null, null, null, null, null, null, null, null);
    }

    /** Whether a Spark application is scaled. */
    public boolean scalesSpark() {
        return selector != null || (scaleTargetRef != null && scaleTargetRef.namesSparkApplication());
    }

    /** Whether what the next run of a recurring application begins with may be written. */
    public boolean writesNextRun() {
        return resources != null && resources.mode() == ResourcesSpec.ResourcesMode.NextRun;
    }

    private boolean scalesRuns() {
        return scaleTargetRef != null && scaleTargetRef.namesScheduledApplication();
    }

    /** Whether there is anything to decide by; a policy none of whose specs could be used has nothing. */
    public boolean hasRules() {
        return executors != null || !signals.isEmpty();
    }

    private static ReplicaBounds bounds(@Nullable ReplicaBounds replicas, @Nullable ExecutorBounds executors) {
        if (executors == null) {
            return replicas == null ? ReplicaBounds.DEFAULT : replicas;
        }
        if (replicas != null && !replicas.equals(executors.replicas())) {
            throw new IllegalArgumentException("executors and replicas bound the same size; give only executors");
        }
        return executors.replicas();
    }

    private void checkTarget() {
        if ((scaleTargetRef == null) == (selector == null)) {
            throw new IllegalArgumentException("exactly one of scaleTargetRef and selector must be given");
        }
        if ((executors != null || spark != null) && !scalesSpark()) {
            throw new IllegalArgumentException(
                    "executors and spark are for Spark applications only, which a selector or"
                            + " a scaleTargetRef of kind SparkApplication names");
        }
        if (resources != null && !scalesRuns()) {
            throw new IllegalArgumentException("resources are for a ScheduledSparkApplication only");
        }
    }

    private void checkObjective() {
        if (objective != null && objective.maxLatency() != null && scalesRuns()) {
            throw new IllegalArgumentException(
                    "objective.maxLatency is for streams, and a ScheduledSparkApplication is batch");
        }
        if (objective == null || !objective.needsSpark()) {
            return;
        }
        if (!scalesSpark()) {
            throw new IllegalArgumentException(
                    "objective.duration, deadline and batchOverTrigger are for Spark applications only");
        }
        if (objective.maxLatency() == null && spark != null && spark.query() != null) {
            throw new IllegalArgumentException(
                    "objective.duration and deadline are for batch applications, and spark.query names a stream");
        }
    }
}
