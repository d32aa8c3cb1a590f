package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Pursuer.Tools;
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
    private final PursuitReports reports;
    private final MonotonicClock clock;

    TemplatePursuer(TemplateApi api, Fence fence, WriteLimits limits, AttemptRules rules, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.rules = rules;
        this.reports = new PursuitReports(tools.reports(), rules);
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
            case Answer.Disagreed disagreed -> Optional.of(reports.unreadable(pursuit, disagreed.message()));
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, 0));
            case Answer.Unclear unclear -> Optional.of(reports.unreadable(pursuit, unclear.message()));
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
        return reports.fenced(pursuit, fence.check(pursuit.held(), shrinks, now), PursuitReports.currentOf(pursuit));
    }

    private Step found(Pursuit pursuit, ForeignWrites writes, Answer.Present there, long now) {
        if (pursuit.lostFrom().isPresent()) {
            writes.wrote(pursuit.lostFrom().getAsInt(), there.size().mark(), now);
            return reports.foundWritten(pursuit, pursuit.lostFrom().getAsInt());
        }
        writes.observed(there.size().mark(), now);
        if (PursuitReports.currentOf(pursuit) == pursuit.desired()) {
            reports.inPlace(pursuit);
        } else {
            reports.tell(pursuit, Result.AlreadyThere, pursuit.desired(), "the template says so already");
        }
        return new Step.Done();
    }

    private Optional<Step> write(Pursuit pursuit, TemplatePath path, ForeignWrites writes, Answer.Present there) {
        int from = from(pursuit, there);
        if (pursuit.quickAttempts() >= rules.attempts()) {
            return Optional.of(reports.keptChanging(pursuit, from, "object"));
        }
        Attempt attempt = pursuit.beginAttempt();
        long begun = clock.nanos();
        Answer answer = api.write(path, there, RunSize.of(pursuit.desired(), path), attempt);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Present present -> {
                writes.wrote(there.size().mark(), pursuit.desired(), now);
                reports.written(pursuit, from, now - begun);
                yield Optional.of(new Step.Done());
            }
            case Answer.Gone gone -> Optional.of(expired(pursuit, gone.message()));
            case Answer.Disagreed disagreed -> Optional.empty();
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, now - begun));
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(pursuit.desired(), now);
                pursuit.lostAnswer(from);
                yield Optional.of(new Step.Again(rules.afterUnclear(pursuit.unclear())));
            }
        };
    }

    /** What is not there any more is not tried again: another object is another target. */
    private Step expired(Pursuit pursuit, String message) {
        reports.tell(pursuit, Result.Expired, PursuitReports.currentOf(pursuit), message);
        return new Step.Done();
    }

    private Step standBack(Pursuit pursuit, ForeignWrites writes, long now) {
        int there = writes.foreignSize().orElse(PursuitReports.currentOf(pursuit));
        return reports.standBack(pursuit, writes, there, "changed the template", now);
    }

    private Step refused(Pursuit pursuit, Answer.Refused refused, long writeNanos) {
        return reports.refused(
                pursuit,
                PursuitReports.currentOf(pursuit),
                refused.message() + " (" + refused.code() + ")",
                writeNanos);
    }

    private static int from(Pursuit pursuit, Answer.Present there) {
        Integer executors = there.size().executors();
        return executors == null ? PursuitReports.currentOf(pursuit) : executors;
    }
}
