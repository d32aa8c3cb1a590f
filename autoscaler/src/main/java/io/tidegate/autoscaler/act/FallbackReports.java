package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Reports.Deed;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.policy.Fallback;
import java.time.Duration;
import java.util.Objects;

/** Tells how a fallback goes, whatever it writes to, and says when it goes on. */
final class FallbackReports {

    /** How soon a fallback that failed is tried again. */
    static final Duration RETRY = Duration.ofSeconds(5);

    private final Reports reports;

    FallbackReports(Reports reports) {
        this.reports = reports;
    }

    /** What the policy says for a silent stream. */
    static Fallback fallback(HeldTarget held) {
        return Objects.requireNonNull(held.target().fallback(), "fallback");
    }

    /** Nothing is to be written. */
    Step kept(HeldTarget held, String message) {
        reports.fallback(held, true, message);
        return new Step.Done();
    }

    /**
     * The fallback size was written.
     *
     * @param from the size before
     * @param done what this means for the workload: it is applied, or it is allowed
     */
    Step written(HeldTarget held, int from, int attempt, String done, long writeNanos) {
        Fallback fallback = fallback(held);
        String message = "the stream has been silent for longer than %d s; the fallback size is %s until it is back"
                .formatted(fallback.after().toSeconds(), done);
        reports.acted(
                held, new Deed(Result.FellBack, from, fallback.replicas(), attempt, message, Math.max(1, writeNanos)));
        return kept(held, message);
    }

    /** The server's no; it is told for the first attempt only. */
    Step refused(HeldTarget held, int attempt, String message) {
        int least = fallback(held).replicas();
        Integer current = held.target().current();
        if (attempt == 1) {
            int from = current == null ? least : current;
            reports.acted(held, new Deed(Result.Refused, from, least, attempt, "fallback: " + message, 0));
        }
        return new Step.Again(RETRY);
    }
}
