package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.act.Reports.Deed;
import io.tidegate.autoscaler.act.Reports.Note;
import io.tidegate.autoscaler.act.TemplateApi.Answer;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes what the next run of a recurring Spark application begins with one step further. The template is read first, and written
 * only if the whole object is still as it was read. No run that has begun is made of it any more.
 */
final class TemplatePursuer {

    private final TemplateApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final AttemptRules rules;
    private final Reports reports;
    private final MonotonicClock clock;

    TemplatePursuer(TemplateApi api, Fence fence, WriteLimits limits, AttemptRules rules, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.rules = rules;
        this.reports = tools.reports();
        this.clock = tools.clock();
    }

    /** Works on a target until it is done or must wait. */
    Step pursue(Pursuit pursuit, TemplatePath path, ForeignWrites writes) {
        writes.in(path.uid());
        while (true) {
            Optional<Step> step = advance(pursuit, path, writes);
            if (step.isPresent()) {
                return step.get();
            }
        }
    }

    private Optional<Step> advance(Pursuit pursuit, TemplatePath path, ForeignWrites writes) {
        long now = clock.nanos();
        if (writes.conflicted(pursuit.held().target().generation(), now)) {
            return Optional.of(standBack(pursuit, writes, now));
        }
        Optional<Step> fenced = fenced(pursuit, false, now);
        if (fenced.isPresent()) {
            return fenced;
        }
        return switch (api.read(path)) {
            case Answer.Present present -> consider(pursuit, path, writes, present);
            case Answer.Gone gone -> Optional.of(expired(pursuit, gone.message()));
            case Answer.Disagreed disagreed -> Optional.of(unclear(pursuit, disagreed.message()));
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, 0));
            case Answer.Unclear unclear -> Optional.of(unclear(pursuit, unclear.message()));
        };
    }

    private Optional<Step> consider(Pursuit pursuit, TemplatePath path, ForeignWrites writes, Answer.Present there) {
        if (there.dynamic() != path.dynamic()) {
            return Optional.of(expired(
                    pursuit,
                    "dynamic allocation of the runs was switched since this was decided; it is decided again"));
        }
        long now = clock.nanos();
        if (there.size().equals(RunSize.of(pursuit.desired(), path))) {
            return Optional.of(found(pursuit, writes, there, now));
        }
        pursuit.foundAnswer();
        writes.observed(there.size().mark(), now);
        if (writes.conflicted(pursuit.held().target().generation(), now)) {
            return Optional.of(standBack(pursuit, writes, now));
        }
        Optional<Step> fenced = fenced(pursuit, pursuit.desired() < from(pursuit, there), now);
        if (fenced.isPresent()) {
            return fenced;
        }
        Duration wait = limits.take(path.namespace(), now);
        return wait.isZero() ? write(pursuit, path, writes, there) : Optional.of(new Step.Again(wait));
    }

    private Optional<Step> fenced(Pursuit pursuit, boolean shrinks, long now) {
        return switch (fence.check(pursuit.held(), shrinks, now)) {
            case Permit.Withdrawn withdrawn -> Optional.of(new Step.Done());
            case Permit.Postponed postponed -> {
                if (postponed.expired() && pursuit.tellExpiry()) {
                    tell(pursuit, Result.Expired, currentOf(pursuit), postponed.why(), 0);
                }
                yield Optional.of(new Step.Again(postponed.retryIn()));
            }
            case Permit.Granted granted -> Optional.empty();
        };
    }

    private Step found(Pursuit pursuit, ForeignWrites writes, Answer.Present there, long now) {
        if (pursuit.lostFrom().isPresent()) {
            writes.wrote(pursuit.lostFrom().getAsInt(), there.size().mark(), now);
            tell(
                    pursuit,
                    Result.Applied,
                    pursuit.lostFrom().getAsInt(),
                    "written; the answer was lost, and reading it again shows it",
                    0);
            return new Step.Done();
        }
        writes.observed(there.size().mark(), now);
        if (currentOf(pursuit) == pursuit.desired()) {
            reports.held(pursuit.held(), Note.IN_PLACE);
        } else {
            tell(pursuit, Result.AlreadyThere, pursuit.desired(), "the template says so already", 0);
        }
        return new Step.Done();
    }

    private Optional<Step> write(Pursuit pursuit, TemplatePath path, ForeignWrites writes, Answer.Present there) {
        int from = from(pursuit, there);
        if (pursuit.quickAttempts() >= rules.attempts()) {
            pursuit.restQuickAttempts();
            tell(pursuit, Result.Failed, from, "the object kept changing while it was written", 0);
            return Optional.of(new Step.Again(rules.afterRefusal(pursuit.refusals())));
        }
        String attemptId = pursuit.beginAttempt();
        long begun = clock.nanos();
        Answer answer = api.write(path, there, RunSize.of(pursuit.desired(), path), attemptId);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Present present -> {
                writes.wrote(there.size().mark(), pursuit.desired(), now);
                tell(pursuit, Result.Applied, from, "written", Math.max(1, now - begun));
                yield Optional.of(new Step.Done());
            }
            case Answer.Gone gone -> Optional.of(expired(pursuit, gone.message()));
            case Answer.Disagreed disagreed -> Optional.empty();
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, now - begun));
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(pursuit.desired());
                pursuit.lostAnswer(from);
                yield Optional.of(new Step.Again(rules.afterUnclear(pursuit.unclear())));
            }
        };
    }

    /** What is not there any more is not tried again: another object is another target. */
    private Step expired(Pursuit pursuit, String message) {
        tell(pursuit, Result.Expired, currentOf(pursuit), message, 0);
        return new Step.Done();
    }

    private Step standBack(Pursuit pursuit, ForeignWrites writes, long now) {
        tell(
                pursuit,
                Result.Conflicted,
                writes.foreignSize().orElse(currentOf(pursuit)),
                "another writer has changed the template, twice within %d s of our own writes; nothing is written for %d s, or until the policy changes"
                        .formatted(
                                writes.window().toSeconds(),
                                writes.standBackLeft(now).toSeconds()),
                0);
        return new Step.Again(writes.standBackLeft(now));
    }

    private Step refused(Pursuit pursuit, Answer.Refused refused, long writeNanos) {
        pursuit.refused();
        tell(pursuit, Result.Refused, currentOf(pursuit), refused.message() + " (" + refused.code() + ")", writeNanos);
        return new Step.Again(rules.afterRefusal(pursuit.refusals()));
    }

    private Step unclear(Pursuit pursuit, String message) {
        pursuit.unreadable();
        if (pursuit.unclear() == rules.attempts()) {
            tell(pursuit, Result.Failed, currentOf(pursuit), message, 0);
        }
        return new Step.Again(rules.afterUnclear(pursuit.unclear()));
    }

    private static int from(Pursuit pursuit, Answer.Present there) {
        Integer executors = there.size().executors();
        return executors == null ? currentOf(pursuit) : executors;
    }

    private static int currentOf(Pursuit pursuit) {
        Integer current = pursuit.held().target().current();
        return current == null ? pursuit.desired() : current;
    }

    private void tell(Pursuit pursuit, Result result, int from, String message, long writeNanos) {
        reports.acted(
                pursuit.held(), new Deed(result, from, pursuit.desired(), pursuit.attempt(), message, writeNanos));
    }
}
