package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Reports.Deed;
import io.tidegate.autoscaler.act.Reports.Note;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import java.util.Optional;

/** Tells how a pursuit goes, whatever it writes to, and says when it goes on. */
final class PursuitReports {

    private final Reports reports;
    private final AttemptRules rules;

    PursuitReports(Reports reports, AttemptRules rules) {
        this.reports = reports;
        this.rules = rules;
    }

    void tell(Pursuit pursuit, Result result, int from, String message) {
        tell(pursuit, result, from, message, 0);
    }

    /** An accepted write. */
    void written(Pursuit pursuit, int from, long writeNanos) {
        tell(pursuit, Result.Applied, from, "written", Math.max(1, writeNanos));
    }

    /** A write whose answer was lost, found in place. */
    Step foundWritten(Pursuit pursuit, int from) {
        tell(pursuit, Result.Applied, from, "written; the answer was lost, and reading it again shows it");
        return new Step.Done();
    }

    /** Nothing was to be written, and nothing is worth telling but that. */
    void inPlace(Pursuit pursuit) {
        reports.held(pursuit.held(), Note.IN_PLACE);
    }

    /** What the fence says: empty if the write may happen. */
    Optional<Step> fenced(Pursuit pursuit, Permit permit, int from) {
        return switch (permit) {
            case Permit.Withdrawn withdrawn -> Optional.of(new Step.Done());
            case Permit.Postponed postponed -> {
                if (postponed.expired() && pursuit.tellExpiry()) {
                    tell(pursuit, Result.Expired, from, postponed.why());
                }
                yield Optional.of(new Step.Again(postponed.retryIn()));
            }
            case Permit.Granted granted -> Optional.empty();
        };
    }

    /**
     * Another writer keeps changing what is ours.
     *
     * @param done what that writer has done, as the middle of a sentence
     */
    Step standBack(Pursuit pursuit, ForeignWrites writes, int there, String done, long now) {
        long left = writes.standBackLeft(now).toSeconds();
        tell(
                pursuit,
                Result.Conflicted,
                there,
                "another writer has %s, twice within %d s of our own writes; nothing is written for %d s, or until the policy changes"
                        .formatted(done, writes.window().toSeconds(), left));
        return new Step.Again(writes.standBackLeft(now));
    }

    /** The server's no. */
    Step refused(Pursuit pursuit, int from, String message, long writeNanos) {
        pursuit.refused();
        tell(pursuit, Result.Refused, from, message, writeNanos);
        return new Step.Again(rules.afterRefusal(pursuit.refusals()));
    }

    /** What was there could not be read; that is told once, when it has gone on for a while. */
    Step unreadable(Pursuit pursuit, String message) {
        pursuit.unreadable();
        if (pursuit.unclear() == rules.attempts()) {
            tell(pursuit, Result.Failed, currentOf(pursuit), message);
        }
        return new Step.Again(rules.afterUnclear(pursuit.unclear()));
    }

    /** It was changed by others between each read and write, too often. */
    Step keptChanging(Pursuit pursuit, int from, String what) {
        pursuit.restQuickAttempts();
        tell(pursuit, Result.Failed, from, "the " + what + " kept changing while it was written");
        return new Step.Again(rules.afterRefusal(pursuit.refusals()));
    }

    /** The size that the decision found; what it asks for if it found none. */
    static int currentOf(Pursuit pursuit) {
        Integer current = pursuit.held().target().current();
        return current == null ? pursuit.desired() : current;
    }

    private void tell(Pursuit pursuit, Result result, int from, String message, long writeNanos) {
        reports.acted(
                pursuit.held(), new Deed(result, from, pursuit.desired(), pursuit.attempt(), message, writeNanos));
    }
}
