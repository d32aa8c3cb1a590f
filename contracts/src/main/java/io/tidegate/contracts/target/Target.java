package io.tidegate.contracts.target;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tidegate.contracts.decision.DecisionRecord.LearnedRate;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.spark.SparkRun;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be now for one workload under one policy. A policy that doesn't rule its target (its target is missing, or an
 * older policy has it) has a target record of its own, keyed by the policy, with no size in it.
 *
 * @param workload the workload
 * @param policy the policy
 * @param policyUid the policy's uid
 * @param generation the policy's generation that was decided under
 * @param mode whether to write
 * @param decisionId id of the decision
 * @param sequence increases with each change of the target
 * @param scale where the scale subresource is; absent if there is none, as for a Spark application
 * @param current replicas seen when it was decided; absent if not known
 * @param replicas replicas that must be; absent if there is no size to hold
 * @param reason reason code
 * @param sentence the reason in words
 * @param limitedBy the guard that limits the size
 * @param decidedAt the engine's time of the decision
 * @param nextPossibleChange when time alone allows a change
 * @param learnedRate what one replica can do
 * @param objectiveHeld whether the objective holds
 * @param conditions conditions for the policy's status
 * @param fallback what holds when the stream is silent
 * @param ruling whether this policy rules the workload; then the key is the workload's id, else the policy's
 * @param effective what holds of the rules that can be inherited; absent if nothing was inherited
 * @param driver the driver pod that executors are asked of; absent if the workload is no Spark application, or has no driver
 * @param template where {@code replicas} are what the next run of a recurring Spark application begins with; absent while one runs
 * @param specHash hash of the rules in force, after inheritance: 16 hexadecimal digits; absent while there are none
 * @param traceparent where it was made in the trace of the record that led to it (W3C Trace Context); absent if it is in none
 */
public record Target(
        WorkloadId workload,
        PolicyId policy,
        String policyUid,
        long generation,
        Mode mode,
        String decisionId,
        long sequence,
        @Nullable ScaleResource scale,
        @Nullable Integer current,
        @Nullable Integer replicas,
        String reason,
        String sentence,
        @Nullable String limitedBy,
        Instant decidedAt,
        @Nullable Instant nextPossibleChange,
        @Nullable LearnedRate learnedRate,
        @Nullable Boolean objectiveHeld,
        List<Condition> conditions,
        @Nullable Fallback fallback,
        boolean ruling,
        @Nullable EffectiveSpec effective,
        @Nullable SparkDriver driver,
        @Nullable RunTemplate template,
        @Nullable String specHash,
        @Nullable String traceparent)
        implements TargetMessage {

    /** Most conditions of one target. */
    public static final int MAX_CONDITIONS = 32;

    @JsonCreator
    public Target {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(policyUid, "policyUid");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(decisionId, "decisionId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(decidedAt, "decidedAt");
        Objects.requireNonNull(conditions, "conditions");
        if (conditions.size() > MAX_CONDITIONS) {
            throw new IllegalArgumentException(
                    "conditions must have at most " + MAX_CONDITIONS + " entries: " + conditions.size());
        }
        conditions = List.copyOf(conditions);
        if ((replicas != null && replicas < 0) || (current != null && current < 0)) {
            throw new IllegalArgumentException(
                    "replicas and current must not be negative: replicas " + replicas + ", current " + current);
        }
        if (sequence < 0 || generation < 0) {
            throw new IllegalArgumentException("sequence and generation must not be negative: sequence " + sequence
                    + ", generation " + generation);
        }
        if ((driver == null ? 0 : 1) + (scale == null ? 0 : 1) + (template == null ? 0 : 1) > 1) {
            throw new IllegalArgumentException("at most one of scale, driver and template is given");
        }
        if (driver != null && replicas != null && driver.floor() > replicas) {
            throw new IllegalArgumentException("driver.floor must not be greater than replicas: floor " + driver.floor()
                    + ", replicas " + replicas);
        }
    }

    /** A target that is no Spark application, for which nothing was inherited, and that tells no hash. */
    public Target(
            WorkloadId workload,
            PolicyId policy,
            String policyUid,
            long generation,
            Mode mode,
            String decisionId,
            long sequence,
            @Nullable ScaleResource scale,
            @Nullable Integer current,
            @Nullable Integer replicas,
            String reason,
            String sentence,
            @Nullable String limitedBy,
            Instant decidedAt,
            @Nullable Instant nextPossibleChange,
            @Nullable LearnedRate learnedRate,
            @Nullable Boolean objectiveHeld,
            List<Condition> conditions,
            @Nullable Fallback fallback,
            boolean ruling) {
        this(
                workload,
                policy,
                policyUid,
                generation,
                mode,
                decisionId,
                sequence,
                scale,
                current,
                replicas,
                reason,
                sentence,
                limitedBy,
                decidedAt,
                nextPossibleChange,
                learnedRate,
                objectiveHeld,
                conditions,
                fallback,
                ruling,
                null,
                null,
                null,
                null,
                null);
    }

    /** A target that is in no trace. */
    public Target(
            WorkloadId workload,
            PolicyId policy,
            String policyUid,
            long generation,
            Mode mode,
            String decisionId,
            long sequence,
            @Nullable ScaleResource scale,
            @Nullable Integer current,
            @Nullable Integer replicas,
            String reason,
            String sentence,
            @Nullable String limitedBy,
            Instant decidedAt,
            @Nullable Instant nextPossibleChange,
            @Nullable LearnedRate learnedRate,
            @Nullable Boolean objectiveHeld,
            List<Condition> conditions,
            @Nullable Fallback fallback,
            boolean ruling,
            @Nullable EffectiveSpec effective,
            @Nullable SparkDriver driver,
            @Nullable RunTemplate template,
            @Nullable String specHash) {
        this(
                workload,
                policy,
                policyUid,
                generation,
                mode,
                decisionId,
                sequence,
                scale,
                current,
                replicas,
                reason,
                sentence,
                limitedBy,
                decidedAt,
                nextPossibleChange,
                learnedRate,
                objectiveHeld,
                conditions,
                fallback,
                ruling,
                effective,
                driver,
                template,
                specHash,
                null);
    }

    /** The same, made there in a trace. */
    public Target withTraceparent(@Nullable String place) {
        return new Target(
                workload,
                policy,
                policyUid,
                generation,
                mode,
                decisionId,
                sequence,
                scale,
                current,
                replicas,
                reason,
                sentence,
                limitedBy,
                decidedAt,
                nextPossibleChange,
                learnedRate,
                objectiveHeld,
                conditions,
                fallback,
                ruling,
                effective,
                driver,
                template,
                specHash,
                place);
    }

    @Override
    public String key() {
        return ruling ? workload.toString() : policy.toString();
    }

    /**
     * How executors are asked of a Spark driver; {@code replicas} is the most there may be.
     *
     * @param pod name of the driver pod
     * @param uid its uid; nothing is asked of another driver of that name
     * @param floor executors that are kept even if Spark wants fewer; at least 0, and at most {@code replicas}
     * @param allowStageRetry whether executors may be let go while a stage reads their shuffle
     * @param appId the application's id
     * @param run what is said of this run; absent if nothing is
     */
    public record SparkDriver(
            String pod,
            String uid,
            int floor,
            boolean allowStageRetry,
            @Nullable String appId,
            @Nullable SparkRun run) {
        @JsonCreator
        public SparkDriver {
            Objects.requireNonNull(pod, "driver.pod");
            Objects.requireNonNull(uid, "driver.uid");
            if (floor < 0) {
                throw new IllegalArgumentException("driver.floor must not be negative: " + floor);
            }
        }

        /** A driver of whose run nothing more is told. */
        public SparkDriver(String pod, String uid, int floor, boolean allowStageRetry) {
            this(pod, uid, floor, allowStageRetry, null, null);
        }
    }

    /**
     * Where what the next run begins with is written; {@code replicas} is that number of executors.
     *
     * @param apiVersion group and version, such as {@code sparkoperator.k8s.io/v1beta2}
     * @param plural resource name in paths
     * @param uid the object's uid; another object of that name is not meant
     * @param dynamic whether its runs have dynamic allocation, so that bounds are written too
     * @param min fewest executors of such a run
     * @param max most executors of such a run, at least {@code min}
     * @param write whether it is written; if not, it is only recommended
     */
    public record RunTemplate(
            String apiVersion, String plural, String uid, boolean dynamic, int min, int max, boolean write) {
        public RunTemplate {
            Objects.requireNonNull(apiVersion, "template.apiVersion");
            Objects.requireNonNull(plural, "template.plural");
            Objects.requireNonNull(uid, "template.uid");
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("template needs 0 <= min <= max: min " + min + ", max " + max);
            }
        }
    }

    /**
     * A condition of the policy's status, as Kubernetes writes them.
     *
     * @param type type, in CamelCase
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param reason reason code, in CamelCase
     * @param message the same in words
     */
    public record Condition(String type, String status, String reason, String message) {

        private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");

        public Condition {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            if (!STATUSES.contains(status)) {
                throw new IllegalArgumentException("status must be True, False or Unknown");
            }
        }
    }
}
