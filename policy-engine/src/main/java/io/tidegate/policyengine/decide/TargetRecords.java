package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.SparkSpec;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.contracts.target.Target.RunTemplate;
import io.tidegate.contracts.target.Target.SparkDriver;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.state.WorkloadState.LastOutcome;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import io.tidegate.policyengine.state.WorkloadState.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Targets as they are told on tidegate.targets. */
public final class TargetRecords {

    /** Reason of a policy whose target an older one has. */
    public static final String CONFLICTED = "Conflicted";
    /** Reason of a policy that nothing can be decided by. */
    public static final String INVALID_POLICY = "InvalidPolicy";
    /** Reason of a decision that failed. */
    public static final String DECISION_FAILED = "DecisionFailed";
    /** Reason of the condition that tells what is wrong with a driver that can be scaled. */
    static final String DRIVER_PROBLEM = "DriverProblem";

    private static final String ABLE = "Able";
    private static final String SPEC_TAKEN = "SpecTaken";
    private static final String DRIVER_SOUND = "DriverSound";
    /** Decision-core's condition that all signals are known. */
    private static final String FRESH = "Fresh";

    private TargetRecords() {}

    /**
     * The target of the policy that rules, or that would if its target were there.
     *
     * @param sentence the decision's, rendered only where it is told
     */
    public static Target decided(
            PolicyFact policy, WorkloadState state, Decision decision, String sentence, Stamp stamp) {
        ObservedTarget observed = state.target();
        ScaleResource scale = observed == null ? null : observed.fact().scale();
        SparkDriver driver = driver(policy, observed, decision);
        RunTemplate template = template(policy, observed);
        boolean there = scale != null || driver != null || template != null;
        return new Target(
                policy.workload(),
                policy.policy(),
                policy.uid(),
                policy.generation(),
                policy.spec().mode(),
                stamp.decisionId(),
                stamp.sequence(),
                scale,
                there ? decision.current() : null,
                there ? decision.desired() : null,
                decision.reason().code(),
                sentence,
                decision.limitedBy().orElse(null),
                stamp.moment().now(),
                decision.nextPossibleChange().orElse(null),
                DecisionRecords.learnedRate(decision),
                decision.objectiveHeld().orElse(null),
                conditions(policy, decision, state),
                policy.spec().fallback(),
                there,
                effective(policy),
                driver,
                template,
                stamp.specHash());
    }

    /** The target of a policy whose workload an older policy rules. */
    public static Target conflicted(PolicyFact policy, PolicyFact ruling, Stamp stamp) {
        String sentence = "Policy " + ruling.policy().name() + " rules "
                + policy.workload().kind() + " " + policy.workload().name() + " and is older (created "
                + ruling.createdAt() + "); this one does nothing until that one is gone or names another target.";
        return undecided(
                policy,
                null,
                new Why(CONFLICTED, sentence),
                List.of(
                        new Condition(ABLE, "False", CONFLICTED, sentence),
                        new Condition(CONFLICTED, "True", "OlderPolicyRules", sentence)),
                stamp);
    }

    /** The target of a policy that rules, but that nothing can be decided by. */
    public static Target undecidable(
            PolicyFact policy, WorkloadState state, String reason, String sentence, Stamp stamp) {
        return undecided(
                policy,
                state.target(),
                new Why(reason, sentence),
                List.of(new Condition(ABLE, "False", reason, sentence)),
                stamp);
    }

    private static Target undecided(
            PolicyFact policy, @Nullable ObservedTarget observed, Why why, List<Condition> conditions, Stamp stamp) {
        return new Target(
                policy.workload(),
                policy.policy(),
                policy.uid(),
                policy.generation(),
                policy.spec().mode(),
                stamp.decisionId(),
                stamp.sequence(),
                observed == null ? null : observed.fact().scale(),
                observed == null ? null : observed.fact().replicas(),
                null,
                why.reason(),
                why.sentence(),
                null,
                stamp.moment().now(),
                null,
                null,
                null,
                conditions,
                policy.spec().fallback(),
                observed != null,
                effective(policy),
                null,
                null,
                stamp.specHash());
    }

    /**
     * How executors are asked of a driver. As long as all is known the size is a floor too; while something is not, nothing is let
     * go, and no more is forced upon the application than its policy does: Spark itself knows what it wants. Nor is it while there is
     * the time for Spark's own way to that size.
     */
    private static @Nullable SparkDriver driver(
            PolicyFact policy, @Nullable ObservedTarget observed, Decision decision) {
        WorkloadFact.SparkDriver pod = observed == null ? null : observed.fact().driver();
        if (pod == null) {
            return null;
        }
        boolean known = decision.conditions().stream()
                .noneMatch(condition -> condition.type().equals(FRESH) && !condition.status());
        int least = Math.min(policy.spec().replicas().min(), decision.desired());
        int floor = known ? Math.max(least, forced(decision)) : least;
        SparkSpec spark = policy.spec().spark();
        return new SparkDriver(
                pod.pod(), pod.uid(), floor, spark != null && spark.allowStageRetry(), pod.appId(), pod.run());
    }

    /** The size; while Spark finds its own way there, only as much of it as other recommendations ask for. */
    private static int forced(Decision decision) {
        List<Recommendation> all = decision.recommendations();
        if (all.stream().noneMatch(TargetRecords::isRamp)) {
            return decision.desired();
        }
        int others = all.stream()
                .filter(one -> !isRamp(one))
                .mapToInt(Recommendation::size)
                .max()
                .orElse(0);
        return Math.min(decision.desired(), others);
    }

    private static boolean isRamp(Recommendation recommendation) {
        return recommendation.basis() instanceof Basis.SparkJobs jobs && jobs.plan() == Basis.SparkPlan.RAMP;
    }

    /** What the next run is made of, within the bounds that any run has. */
    private static @Nullable RunTemplate template(PolicyFact policy, @Nullable ObservedTarget observed) {
        WorkloadFact.RunTemplate template =
                observed == null ? null : observed.fact().template();
        return template == null
                ? null
                : new RunTemplate(
                        template.apiVersion(),
                        template.plural(),
                        template.uid(),
                        template.dynamic(),
                        policy.spec().replicas().min(),
                        policy.spec().replicas().max(),
                        policy.spec().writesNextRun());
    }

    private static @Nullable EffectiveSpec effective(PolicyFact policy) {
        Inherited inherited = policy.inherited();
        return inherited == null ? null : EffectiveSpec.of(inherited, policy.spec());
    }

    private static List<Condition> conditions(PolicyFact policy, Decision decision, WorkloadState state) {
        List<Condition> conditions = new ArrayList<>();
        SpecProblem problem = policy.problem();
        if (problem != null) {
            conditions.add(new Condition(
                    SPEC_TAKEN,
                    "False",
                    problem.reason(),
                    "The present spec can't be used, the last good one holds: " + problem.message() + "."));
        }
        for (io.tidegate.decision.model.Condition condition : decision.conditions()) {
            conditions.add(new Condition(
                    condition.type(), condition.status() ? "True" : "False", condition.reason(), condition.message()));
        }
        driverProblem(state.target()).ifPresent(conditions::add);
        if (!state.refusals().isEmpty()) {
            Refusal refusal = state.refusals().getFirst();
            conditions.add(new Condition("SamplesTaken", "False", refusal.reason(), refusal.message()));
        }
        applied(state.outcome()).ifPresent(conditions::add);
        return conditions;
    }

    /** What the owner of an application that can be scaled should know all the same. */
    private static Optional<Condition> driverProblem(@Nullable ObservedTarget observed) {
        String problem = observed == null || observed.fact().driver() == null
                ? null
                : observed.fact().problem();
        return Optional.ofNullable(problem).map(words -> new Condition(DRIVER_SOUND, "False", DRIVER_PROBLEM, words));
    }

    private static Optional<Condition> applied(@Nullable LastOutcome outcome) {
        if (outcome == null) {
            return Optional.empty();
        }
        return switch (outcome.result()) {
            case Refused, Conflicted, Failed ->
                Optional.of(new Condition("Applied", "False", outcome.result().name(), outcome.message()));
            case Applied, AlreadyThere, Shadowed, Expired, FellBack -> Optional.empty();
        };
    }

    /**
     * What a target is told with.
     *
     * @param moment where in the log
     * @param sequence its sequence
     * @param decisionId id of the decision behind it
     * @param specHash hash of the rules in force; null if there are none
     */
    public record Stamp(
            Moment moment,
            long sequence,
            String decisionId,
            @Nullable String specHash) {}

    private record Why(String reason, String sentence) {}
}
