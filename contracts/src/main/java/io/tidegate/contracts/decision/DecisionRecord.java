package io.tidegate.contracts.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision with all that led to it.
 *
 * @param id its id, also the event's id; the same on replay
 * @param sequence increases with each decision of the workload
 * @param workload the workload, the key
 * @param policy the policy decided under
 * @param policyUid the policy's uid
 * @param generation the policy's generation
 * @param at the engine's time: the greatest append time seen
 * @param factOffset offset in tidegate.facts of the record that led to it
 * @param action what is to be done
 * @param current replicas before
 * @param recommended replicas before the guards
 * @param desired replicas decided
 * @param reason reason code
 * @param sentence the reason in words, with the numbers
 * @param inputs what was known
 * @param recommendations what each signal asked for
 * @param verdicts what each guard said, in order
 * @param limitedBy the guard that limits the size; absent if none
 * @param nextPossibleChange when time alone allows a change; absent if it doesn't
 * @param learnedRate what one replica can do; absent if not known
 * @param objectiveHeld whether the objective holds; absent without objective or if not known
 * @param traceparent where in the trace of that record it was made (W3C Trace Context); absent if it is in none
 */
public record DecisionRecord(
        String id,
        long sequence,
        WorkloadId workload,
        PolicyId policy,
        String policyUid,
        long generation,
        Instant at,
        long factOffset,
        Action action,
        int current,
        int recommended,
        int desired,
        String reason,
        String sentence,
        List<Input> inputs,
        List<SignalRecommendation> recommendations,
        List<Verdict> verdicts,
        @Nullable String limitedBy,
        @Nullable Instant nextPossibleChange,
        @Nullable LearnedRate learnedRate,
        @Nullable Boolean objectiveHeld,
        @Nullable String traceparent) {

    /** Most inputs, recommendations or verdicts; each signal adds a few. */
    public static final int MAX_ENTRIES = 1_000;

    @JsonCreator
    public DecisionRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(policyUid, "policyUid");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(sentence, "sentence");
        inputs = bounded("inputs", inputs);
        recommendations = bounded("recommendations", recommendations);
        verdicts = bounded("verdicts", verdicts);
        if (sequence < 0 || generation < 0 || factOffset < 0) {
            throw new IllegalArgumentException("sequence, generation and factOffset must not be negative: sequence "
                    + sequence + ", generation " + generation + ", factOffset " + factOffset);
        }
        if (current < 0 || recommended < 0 || desired < 0) {
            throw new IllegalArgumentException("current, recommended and desired must not be negative: current "
                    + current + ", recommended " + recommended + ", desired " + desired);
        }
    }

    /** A decision that is in no trace. */
    public DecisionRecord(
            String id,
            long sequence,
            WorkloadId workload,
            PolicyId policy,
            String policyUid,
            long generation,
            Instant at,
            long factOffset,
            Action action,
            int current,
            int recommended,
            int desired,
            String reason,
            String sentence,
            List<Input> inputs,
            List<SignalRecommendation> recommendations,
            List<Verdict> verdicts,
            @Nullable String limitedBy,
            @Nullable Instant nextPossibleChange,
            @Nullable LearnedRate learnedRate,
            @Nullable Boolean objectiveHeld) {
        this(
                id,
                sequence,
                workload,
                policy,
                policyUid,
                generation,
                at,
                factOffset,
                action,
                current,
                recommended,
                desired,
                reason,
                sentence,
                inputs,
                recommendations,
                verdicts,
                limitedBy,
                nextPossibleChange,
                learnedRate,
                objectiveHeld,
                null);
    }

    /** The same, made there in a trace. */
    public DecisionRecord withTraceparent(@Nullable String place) {
        return new DecisionRecord(
                id,
                sequence,
                workload,
                policy,
                policyUid,
                generation,
                at,
                factOffset,
                action,
                current,
                recommended,
                desired,
                reason,
                sentence,
                inputs,
                recommendations,
                verdicts,
                limitedBy,
                nextPossibleChange,
                learnedRate,
                objectiveHeld,
                place);
    }

    private static <T> List<T> bounded(String name, List<T> entries) {
        Objects.requireNonNull(entries, name);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_ENTRIES + " entries: " + entries.size());
        }
        return List.copyOf(entries);
    }

    /** What is to be done. */
    public enum Action {
        ScaleUp,
        ScaleDown,
        Resize,
        Hold
    }

    /**
     * One number that was known.
     *
     * @param signal signal it comes from
     * @param quantity what it is, such as {@code lag} or {@code arrivalRate}
     * @param value the number
     * @param unit its unit, such as {@code records} or {@code records/s}
     * @param ageMillis how old it was, in milliseconds; negative if it came from the future
     */
    public record Input(String signal, String quantity, double value, String unit, long ageMillis) {
        public Input {
            Objects.requireNonNull(signal, "signal");
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(unit, "unit");
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "an input must be a finite number, what is unknown is left out: " + quantity + " " + value);
            }
        }
    }

    /**
     * What one signal asked for.
     *
     * @param signal the signal
     * @param recommender which recommender
     * @param replicas the size; absent if it could not say
     * @param reason reason code
     * @param sentence the same in words
     */
    public record SignalRecommendation(
            String signal, String recommender, @Nullable Integer replicas, String reason, String sentence) {
        public SignalRecommendation {
            Objects.requireNonNull(signal, "signal");
            Objects.requireNonNull(recommender, "recommender");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(sentence, "sentence");
            if (replicas != null && replicas < 0) {
                throw new IllegalArgumentException("replicas must not be negative: " + replicas);
            }
        }
    }

    /**
     * What one guard said.
     *
     * @param guard the guard
     * @param outcome whether it let the size pass
     * @param before size before it
     * @param after size after it
     * @param reason reason code
     * @param sentence the same in words
     */
    public record Verdict(String guard, Outcome outcome, int before, int after, String reason, String sentence) {
        public Verdict {
            Objects.requireNonNull(guard, "guard");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(sentence, "sentence");
            if (before < 0 || after < 0) {
                throw new IllegalArgumentException(
                        "before and after must not be negative: before " + before + ", after " + after);
            }
        }

        /** Whether a size passed. */
        public enum Outcome {
            Pass,
            Cap,
            Veto
        }
    }

    /**
     * What one replica can do, as learned.
     *
     * @param recordsPerSecond records a second of one replica
     * @param confidence 0 (a guess) to 1
     * @param samples intervals it was measured over
     */
    public record LearnedRate(double recordsPerSecond, double confidence, int samples) {
        public LearnedRate {
            if (!(recordsPerSecond >= 0 && Double.isFinite(recordsPerSecond))
                    || !(confidence >= 0 && confidence <= 1)
                    || samples < 0) {
                throw new IllegalArgumentException("a learned rate needs recordsPerSecond >= 0, confidence 0 to 1 and "
                        + "samples >= 0: recordsPerSecond " + recordsPerSecond + ", confidence " + confidence
                        + ", samples " + samples);
            }
        }
    }
}
