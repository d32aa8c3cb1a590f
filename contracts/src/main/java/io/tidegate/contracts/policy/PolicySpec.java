package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one workload, as in the spec of a ScalingPolicy.
 *
 * @param scaleTargetRef what is scaled
 * @param mode whether decisions are carried out; absent means {@link Mode#Enforce}
 * @param replicas absolute bounds; absent means 0 to 10
 * @param objective what must hold; absent means thresholds decide
 * @param signals what is watched, at most 32
 * @param behavior windows and rate limits as in autoscaling/v2; absent means the defaults of docs/policy.md
 * @param fallback size while signals stay stale; absent means hold
 * @param formula how the signals' sizes are combined; absent means that the largest counts
 */
public record PolicySpec(
        ScaleTargetRef scaleTargetRef,
        Mode mode,
        ReplicaBounds replicas,
        @Nullable Objective objective,
        List<SignalSpec> signals,
        @Nullable Behavior behavior,
        @Nullable Fallback fallback,
        @Nullable String formula) {

    /** Most signals of one policy. */
    public static final int MAX_SIGNALS = 32;

    @JsonCreator
    public PolicySpec(
            @JsonProperty("scaleTargetRef") ScaleTargetRef scaleTargetRef,
            @JsonProperty("mode") @Nullable Mode mode,
            @JsonProperty("replicas") @Nullable ReplicaBounds replicas,
            @JsonProperty("objective") @Nullable Objective objective,
            @JsonProperty("signals") @Nullable List<SignalSpec> signals,
            @JsonProperty("behavior") @Nullable Behavior behavior,
            @JsonProperty("fallback") @Nullable Fallback fallback,
            @JsonProperty("formula") @Nullable String formula) {
        this.scaleTargetRef = Objects.requireNonNull(scaleTargetRef, "scaleTargetRef");
        this.mode = mode == null ? Mode.Enforce : mode;
        this.replicas = replicas == null ? ReplicaBounds.DEFAULT : replicas;
        this.objective = objective;
        if (signals != null && signals.size() > MAX_SIGNALS) {
            throw new IllegalArgumentException(
                    "signals must have at most " + MAX_SIGNALS + " entries: " + signals.size());
        }
        this.signals = signals == null ? List.of() : List.copyOf(signals);
        this.behavior = behavior;
        this.fallback = fallback;
        this.formula = formula;
    }

    /** Rules whose largest signal counts. */
    public PolicySpec(
            ScaleTargetRef scaleTargetRef,
            @Nullable Mode mode,
            @Nullable ReplicaBounds replicas,
            @Nullable Objective objective,
            @Nullable List<SignalSpec> signals,
            @Nullable Behavior behavior,
            @Nullable Fallback fallback) {
        this(scaleTargetRef, mode, replicas, objective, signals, behavior, fallback, null);
    }
}
