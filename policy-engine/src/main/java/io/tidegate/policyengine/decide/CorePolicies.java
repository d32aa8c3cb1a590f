package io.tidegate.policyengine.decide;

import io.tidegate.contracts.policy.Behavior;
import io.tidegate.contracts.policy.Deadline;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.policy.Objective;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ScalingRules;
import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.SelectPolicy;
import io.tidegate.decision.policy.Signal;
import io.tidegate.decision.schedule.ScheduleException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The rules of a policy as decision-core knows them. */
public final class CorePolicies {

    /** As cron writes it. */
    private static final String EACH_DAY = "*";

    private CorePolicies() {}

    /**
     * Translates the rules. Signals of kinds that this version doesn't know are left out.
     *
     * @throws IllegalArgumentException if nothing can be decided by them; the message says why, for the policy's owner
     */
    public static Policy of(PolicySpec spec) {
        List<Signal> signals = signals(spec);
        return new Policy(
                mode(spec.mode()),
                spec.replicas().min(),
                spec.replicas().max(),
                Optional.ofNullable(spec.objective()).map(CorePolicies::objective),
                signals,
                Optional.ofNullable(spec.behavior()).map(CorePolicies::behavior),
                Optional.ofNullable(spec.fallback()).map(CorePolicies::fallback),
                Optional.ofNullable(spec.formula()).map(text -> formula(text, signals)));
    }

    private static Formula formula(String text, List<Signal> signals) {
        try {
            return Formula.parse(text, signals.stream().map(Signal::name).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("formula: " + e.getMessage(), e);
        }
    }

    private static io.tidegate.decision.policy.Mode mode(Mode mode) {
        return switch (mode) {
            case Enforce -> io.tidegate.decision.policy.Mode.ENFORCE;
            case Shadow -> io.tidegate.decision.policy.Mode.SHADOW;
            case Paused -> io.tidegate.decision.policy.Mode.PAUSED;
        };
    }

    private static io.tidegate.decision.policy.Objective objective(Objective objective) {
        Duration maxLatency = objective.maxLatency();
        Integer percentile = objective.percentile();
        if (maxLatency != null && percentile != null) {
            return new io.tidegate.decision.policy.Objective.Latency(maxLatency, percentile);
        }
        Deadline deadline = objective.deadline();
        return deadline == null
                ? new io.tidegate.decision.policy.Objective.Within(
                        Objects.requireNonNull(objective.duration(), "objective.duration"))
                : new io.tidegate.decision.policy.Objective.Until(deadline(deadline));
    }

    private static io.tidegate.decision.schedule.Deadline deadline(Deadline deadline) {
        String days = deadline.days();
        try {
            return io.tidegate.decision.schedule.Deadline.parse(
                    deadline.timeZone(), deadline.at(), days == null ? EACH_DAY : days);
        } catch (ScheduleException e) {
            throw new IllegalArgumentException("objective.deadline: " + e.getMessage(), e);
        }
    }

    private static List<Signal> signals(PolicySpec spec) {
        List<Signal> known = spec.signals().stream()
                .flatMap(signal -> CoreSignals.of(signal).stream())
                .toList();
        if (spec.scalesSpark()) {
            return CoreSparkSignals.with(known, spec);
        }
        if (known.isEmpty()) {
            throw new IllegalArgumentException("no signal of a kind that this version knows; add one under signals");
        }
        return known;
    }

    private static io.tidegate.decision.policy.Behavior behavior(Behavior behavior) {
        return new io.tidegate.decision.policy.Behavior(rules(behavior.scaleUp()), rules(behavior.scaleDown()));
    }

    private static io.tidegate.decision.policy.ScalingRules rules(@Nullable ScalingRules rules) {
        if (rules == null) {
            return io.tidegate.decision.policy.ScalingRules.unset();
        }
        List<ScalingRules.RateLimit> limits = rules.policies();
        Double tolerance = rules.tolerance();
        return new io.tidegate.decision.policy.ScalingRules(
                Optional.ofNullable(rules.stabilizationWindowSeconds()).map(Duration::ofSeconds),
                Optional.ofNullable(rules.selectPolicy()).map(CorePolicies::select),
                limits == null
                        ? List.of()
                        : limits.stream().map(CorePolicies::limit).toList(),
                tolerance == null ? OptionalDouble.empty() : OptionalDouble.of(tolerance));
    }

    private static SelectPolicy select(ScalingRules.SelectPolicy select) {
        return switch (select) {
            case Max -> SelectPolicy.MAX;
            case Min -> SelectPolicy.MIN;
            case Disabled -> SelectPolicy.DISABLED;
        };
    }

    private static RateLimit limit(ScalingRules.RateLimit limit) {
        return new RateLimit(
                switch (limit.type()) {
                    case Pods -> RateLimit.Type.PODS;
                    case Percent -> RateLimit.Type.PERCENT;
                },
                limit.value(),
                Duration.ofSeconds(limit.periodSeconds()));
    }

    private static io.tidegate.decision.policy.Fallback fallback(Fallback fallback) {
        return new io.tidegate.decision.policy.Fallback(fallback.after(), fallback.replicas());
    }
}
