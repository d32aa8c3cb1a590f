package io.tidegate.policyengine.state;

import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.decision.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one workload. Targets and decisions themselves lie beside it; it says which there are.
 *
 * @param offset offset of the last fact applied; a fact at or below it changes nothing
 * @param logTime the log's time at that fact, in milliseconds
 * @param target the workload as last observed; absent before
 * @param policies policies that name it, in the order of their arrival
 * @param samples newest sample of each signal, in the order of their names
 * @param refusals why the last sample of a signal was not taken; none for a signal whose last sample was
 * @param outcome what became of the last target; absent before
 * @param memory decision-core's own
 * @param emitted what was told
 * @param nextDue when time alone may change the decision, in milliseconds
 */
public record WorkloadState(
        long offset,
        long logTime,
        @Nullable ObservedTarget target,
        List<PolicyId> policies,
        List<ObservedSample> samples,
        List<Refusal> refusals,
        @Nullable LastOutcome outcome,
        Memory memory,
        Emitted emitted,
        long nextDue) {

    /** A workload of which nothing is known. */
    public static final WorkloadState EMPTY =
            new WorkloadState(-1, 0, null, List.of(), List.of(), List.of(), null, Memory.empty(), Emitted.NOTHING, 0);

    public WorkloadState {
        policies = List.copyOf(policies);
        samples = List.copyOf(samples);
        refusals = List.copyOf(refusals);
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(emitted, "emitted");
    }

    /** Whether the fact at this offset has been applied. */
    public boolean hasApplied(long factOffset) {
        return factOffset <= offset;
    }

    /** When it is to be decided again, in milliseconds: when it is due, and later than it was decided last. */
    public long dueAt() {
        return Math.max(nextDue, logTime + 1);
    }

    /** The same, with the fact at this offset applied. */
    public WorkloadState appliedAt(long factOffset, long atLogTime) {
        return new WorkloadState(
                factOffset,
                Math.max(logTime, atLogTime),
                target,
                policies,
                samples,
                refusals,
                outcome,
                memory,
                emitted,
                nextDue);
    }

    /** The same, with the workload as observed. */
    public WorkloadState withTarget(@Nullable ObservedTarget observed) {
        return new WorkloadState(
                offset, logTime, observed, policies, samples, refusals, outcome, memory, emitted, nextDue);
    }

    /** The same, with a policy that names it. */
    public WorkloadState withPolicy(PolicyId policy) {
        if (policies.contains(policy)) {
            return this;
        }
        List<PolicyId> more = new ArrayList<>(policies);
        more.add(policy);
        return withPolicies(more);
    }

    /** The same, without a policy. */
    public WorkloadState withoutPolicy(PolicyId policy) {
        return withPolicies(
                policies.stream().filter(other -> !other.equals(policy)).toList());
    }

    private WorkloadState withPolicies(List<PolicyId> other) {
        return new WorkloadState(offset, logTime, target, other, samples, refusals, outcome, memory, emitted, nextDue);
    }

    /** The same, with the newest sample of a signal. */
    public WorkloadState withSample(ObservedSample sample) {
        List<ObservedSample> others = new ArrayList<>(samples.size() + 1);
        for (ObservedSample other : samples) {
            if (!other.signal().equals(sample.signal())) {
                others.add(other);
            }
        }
        others.add(sample);
        others.sort(Comparator.comparing(ObservedSample::signal));
        return new WorkloadState(
                offset,
                logTime,
                target,
                policies,
                others,
                refusals.isEmpty() ? refusals : refusalsBut(sample.signal()),
                outcome,
                memory,
                emitted,
                nextDue);
    }

    /** The same, with the reason why the last sample of a signal was not taken. */
    public WorkloadState withRefusal(Refusal refusal) {
        List<Refusal> others = new ArrayList<>(refusalsBut(refusal.signal()));
        others.add(refusal);
        others.sort(Comparator.comparing(Refusal::signal));
        return new WorkloadState(offset, logTime, target, policies, samples, others, outcome, memory, emitted, nextDue);
    }

    /** The same, with what became of a target. */
    public WorkloadState withOutcome(LastOutcome last) {
        return new WorkloadState(offset, logTime, target, policies, samples, refusals, last, memory, emitted, nextDue);
    }

    /** The same, with what decision-core remembers and when it is due again. */
    public WorkloadState withMemory(Memory remembered, long due) {
        return new WorkloadState(
                offset, logTime, target, policies, samples, refusals, outcome, remembered, emitted, due);
    }

    /** The same, with what was told. */
    public WorkloadState withEmitted(Emitted told) {
        return new WorkloadState(offset, logTime, target, policies, samples, refusals, outcome, memory, told, nextDue);
    }

    /** Bytes that it takes in the store, without samples that are too large to lie in it. */
    public int encodedBytes(WorkloadId id) {
        return new StateCodec().write(id, this).length;
    }

    /** The newest sample of a signal. */
    public @Nullable ObservedSample sample(String signal) {
        for (ObservedSample sample : samples) {
            if (sample.signal().equals(signal)) {
                return sample;
            }
        }
        return null;
    }

    private List<Refusal> refusalsBut(String signal) {
        return refusals.stream().filter(other -> !other.signal().equals(signal)).toList();
    }

    /**
     * The workload as the API server had it.
     *
     * @param fact what was observed
     * @param observedAt when, in milliseconds
     */
    public record ObservedTarget(WorkloadFact fact, long observedAt) {}

    /**
     * Why a sample was not taken.
     *
     * @param signal its signal
     * @param reason reason code
     * @param message the same in words
     */
    public record Refusal(String signal, String reason, String message) {}

    /**
     * What became of a target.
     *
     * @param sequence sequence of the target
     * @param result what happened
     * @param message the API server's words, cut to a bounded length
     */
    public record LastOutcome(long sequence, OutcomeFact.Result result, String message) {}
}
