package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Objects;

/**
 * What became of a decision.
 *
 * @param workload the workload, the key
 * @param policy the policy decided under
 * @param decisionId id of the decision
 * @param sequence sequence of the target acted on
 * @param result what happened
 * @param from replicas before
 * @param to replicas asked for
 * @param attempt which attempt this was, from 1; 0 if none was made
 * @param message the API server's words, or ours, for the policy's owner
 * @param writeMillis milliseconds the write took; 0 if nothing was written
 */
public record OutcomeFact(
        WorkloadId workload,
        PolicyId policy,
        String decisionId,
        long sequence,
        Result result,
        int from,
        int to,
        int attempt,
        String message,
        long writeMillis)
        implements Fact {
    public OutcomeFact {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(decisionId, "decisionId");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(message, "message");
        if (sequence < 0 || from < 0 || to < 0 || attempt < 0 || writeMillis < 0) {
            throw new IllegalArgumentException(
                    "sequence, from, to, attempt and writeMillis must not be negative: sequence "
                            + sequence + ", from " + from + ", to " + to + ", attempt " + attempt + ", writeMillis "
                            + writeMillis);
        }
    }

    @Override
    public String key() {
        return workload.toString();
    }

    /** What happened to a target. */
    public enum Result {
        /** Written, and accepted by the API server. */
        Applied,
        /** The size was there already. */
        AlreadyThere,
        /** Not written: the policy's mode is Shadow. */
        Shadowed,
        /** Not written: it came too late, or a newer one was there. */
        Expired,
        /** Refused by the API server. */
        Refused,
        /** Another writer owns the field. */
        Conflicted,
        /** Tried, and failed for another reason. */
        Failed,
        /** The fallback size was written, since the stream was silent. */
        FellBack
    }
}
