package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import java.util.Objects;

/** Where is told what became of targets. Calls return at once. */
public interface Reports {

    /** A target is held and there is nothing to write for it. */
    void held(HeldTarget held, Note note);

    /** Something was done, or tried, for a target. */
    void acted(HeldTarget held, Deed deed);

    /** The stream of a target is silent, or flows again. */
    void fallback(HeldTarget held, boolean active, String message);

    /** Nothing is held for a target any more. */
    void forgotten(HeldTarget held);

    /** Why nothing is written. */
    enum Note {
        /** The size is right. */
        IN_PLACE,
        /** The policy is paused. */
        PAUSED,
        /** The policy has no say, or there is no size to hold. */
        NO_SIZE,
        /** It is only recommended, as the policy says. */
        RECOMMENDED,
        /** It is about to be written. */
        PENDING
    }

    /**
     * What was done or tried.
     *
     * @param result what happened
     * @param from replicas before
     * @param to replicas asked for
     * @param attempt which attempt this was, from 1; 0 if none was made
     * @param message the server's words, or ours
     * @param writeNanos time the write took; 0 if nothing was written
     */
    record Deed(Result result, int from, int to, int attempt, String message, long writeNanos) {
        public Deed {
            Objects.requireNonNull(result, "result");
            Objects.requireNonNull(message, "message");
        }
    }
}
