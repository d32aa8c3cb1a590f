package io.tidegate.policyengine.state;

import io.tidegate.contracts.decision.DecisionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was told about one workload.
 *
 * @param sequence the last one given to a decision or target; 0 before the first
 * @param last the last decision; absent before
 * @param decisions the decisions that are kept, oldest first: the last {@value #KEPT_DECISIONS}, and earlier ones that may have to be
 *     told again
 * @param targets the last target of each key
 */
public record Emitted(
        long sequence, @Nullable LastDecision last, List<KeptDecision> decisions, List<KeptTarget> targets) {

    /** Decisions that are kept in any case, to say why. */
    public static final int KEPT_DECISIONS = 16;

    /** Nothing was told. */
    public static final Emitted NOTHING = new Emitted(0, null, List.of(), List.of());

    public Emitted {
        decisions = List.copyOf(decisions);
        targets = List.copyOf(targets);
    }

    /** The next sequence: above the last, and not below the log's time, so that it rises even if state is lost. */
    public long nextSequence(long logTime) {
        return Math.max(sequence + 1, logTime);
    }

    /** The same, with one more decision. */
    public Emitted withDecision(LastDecision decision, long offset) {
        List<KeptDecision> more = new ArrayList<>(decisions);
        more.add(new KeptDecision(decision.sequence(), offset));
        return new Emitted(Math.max(sequence, decision.sequence()), decision, more, targets);
    }

    /** The oldest decisions that need not be kept: beyond the last ones, and of facts before an offset, from which nothing is read again. */
    public List<KeptDecision> releasable(long committed) {
        int beyond = decisions.size() - KEPT_DECISIONS;
        int count = 0;
        while (count < beyond && decisions.get(count).offset() < committed) {
            count++;
        }
        return decisions.subList(0, count);
    }

    /** The same, without that many of the oldest decisions. */
    public Emitted withoutOldest(int count) {
        return new Emitted(sequence, last, decisions.subList(count, decisions.size()), targets);
    }

    /** The same, with the last target of its key. */
    public Emitted withTarget(KeptTarget target) {
        List<KeptTarget> others = new ArrayList<>(targets.size() + 1);
        for (KeptTarget other : targets) {
            if (!other.key().equals(target.key())) {
                others.add(other);
            }
        }
        others.add(target);
        return new Emitted(Math.max(sequence, target.sequence()), last, decisions, others);
    }

    /** The same, with these targets. */
    public Emitted withTargets(List<KeptTarget> others) {
        return new Emitted(sequence, last, decisions, others);
    }

    /** The last target of a key. */
    public @Nullable KeptTarget target(String key) {
        for (KeptTarget target : targets) {
            if (target.key().equals(key)) {
                return target;
            }
        }
        return null;
    }

    /**
     * What of a decision is compared with the next.
     *
     * @param sequence its sequence
     * @param action what was to be done
     * @param current replicas before
     * @param desired replicas decided
     * @param reason reason code
     * @param policyUid uid of the policy
     * @param generation generation of the policy
     */
    public record LastDecision(
            long sequence,
            DecisionRecord.Action action,
            int current,
            int desired,
            String reason,
            String policyUid,
            long generation) {}

    /**
     * A decision that is kept.
     *
     * @param sequence its sequence
     * @param offset offset of the fact that led to it
     */
    public record KeptDecision(long sequence, long offset) {}

    /**
     * A target that is kept.
     *
     * @param key its record key
     * @param sequence its sequence
     * @param offset offset of the fact that led to it
     * @param at the log's time, in milliseconds
     * @param gone whether it is a tombstone
     * @param untold whether it waits until the engine has caught up with the log, or was told for show only
     */
    public record KeptTarget(String key, long sequence, long offset, long at, boolean gone, boolean untold) {

        /** The same, told. */
        public KeptTarget told() {
            return new KeptTarget(key, sequence, offset, at, gone, false);
        }

        /** The same, to be told once the engine has caught up. */
        public KeptTarget notTold() {
            return new KeptTarget(key, sequence, offset, at, gone, true);
        }
    }
}
