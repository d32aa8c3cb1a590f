package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.Excerpt;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the target of a Spark application one step further. The annotation is always read first: it says whether the driver was told
 * already, and the write only happens if it is still as it was read. So no lower sequence ever follows a higher one, whoever writes.
 */
final class DriverPursuer {

    /** Characters that are shown of an id that anybody may have written. */
    private static final int MOST_SHOWN = 40;

    private final DriverApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final AttemptRules rules;
    private final PursuitReports reports;
    private final MonotonicClock clock;

    DriverPursuer(DriverApi api, Fence fence, WriteLimits limits, AttemptRules rules, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.rules = rules;
        this.reports = new PursuitReports(tools.reports(), rules);
        this.clock = tools.clock();
    }

    /** Works on a target until it is done or must wait. */
    Step pursue(Pursuit pursuit, DriverPath path, ForeignWrites writes) {
        writes.in(path.uid());
        while (true) {
            Optional<Step> step = advance(pursuit, path, writes);
            if (step.isPresent()) {
                return step.get();
            }
        }
    }

    private Optional<Step> advance(Pursuit pursuit, DriverPath path, ForeignWrites writes) {
        long now = clock.nanos();
        if (writes.conflicted(pursuit.held().target().generation(), now)) {
            return Optional.of(standBack(pursuit, writes, now));
        }
        Optional<Step> fenced = fenced(pursuit, false, now);
        if (fenced.isPresent()) {
            return fenced;
        }
        return switch (api.read(path)) {
            case Answer.Present present -> consider(pursuit, path, writes, Annotated.of(present));
            case Answer.Gone gone -> Optional.of(gone(pursuit, gone.message()));
            case Answer.Disagreed disagreed -> Optional.of(reports.unreadable(pursuit, disagreed.message()));
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, 0));
            case Answer.Unclear unclear -> Optional.of(reports.unreadable(pursuit, unclear.message()));
        };
    }

    private Optional<Step> consider(Pursuit pursuit, DriverPath path, ForeignWrites writes, Annotated there) {
        DesiredExecutors desired = pursuit.executors();
        long now = clock.nanos();
        if (there.is(desired)) {
            return Optional.of(found(pursuit, writes, there, now));
        }
        pursuit.foundAnswer();
        writes.observed(there.mark(), now);
        if (writes.conflicted(pursuit.held().target().generation(), now)) {
            return Optional.of(standBack(pursuit, writes, now));
        }
        DesiredExecutors document = there.document();
        if (document != null && document.sequence() >= desired.sequence()) {
            reports.tell(
                    pursuit,
                    Result.Expired,
                    document.cap(),
                    "the driver was told sequence %d of decision %s, which is not older"
                            .formatted(document.sequence(), Excerpt.line(document.decisionId(), MOST_SHOWN)));
            return Optional.of(new Step.Done());
        }
        if (there.saysTheSameAs(desired)) {
            return Optional.of(inPlace(pursuit));
        }
        Integer from = document == null ? pursuit.held().target().current() : Integer.valueOf(document.cap());
        boolean shrinks = from == null || desired.cap() < from;
        Optional<Step> fenced = fenced(pursuit, shrinks, now);
        if (fenced.isPresent()) {
            return fenced;
        }
        Duration wait = limits.take(path.namespace(), now);
        return wait.isZero() ? write(pursuit, path, writes, there) : Optional.of(new Step.Again(wait));
    }

    private Optional<Step> fenced(Pursuit pursuit, boolean shrinks, long now) {
        return reports.fenced(pursuit, fence.check(pursuit.held(), shrinks, now), PursuitReports.currentOf(pursuit));
    }

    private Step found(Pursuit pursuit, ForeignWrites writes, Annotated there, long now) {
        if (pursuit.lostFrom().isEmpty()) {
            writes.observed(there.mark(), now);
            return inPlace(pursuit);
        }
        writes.wrote(pursuit.lostFrom().getAsInt(), there.mark(), now);
        return reports.foundWritten(pursuit, PursuitReports.currentOf(pursuit));
    }

    /** Nothing is to be written; it is worth an outcome only if the decision asked for a change. */
    private Step inPlace(Pursuit pursuit) {
        Integer current = pursuit.held().target().current();
        if (current != null && current == pursuit.desired()) {
            reports.inPlace(pursuit);
        } else {
            reports.tell(pursuit, Result.AlreadyThere, pursuit.desired(), "the driver was told so already");
        }
        return new Step.Done();
    }

    private Optional<Step> write(Pursuit pursuit, DriverPath path, ForeignWrites writes, Annotated there) {
        int from = from(pursuit, there.document());
        if (pursuit.quickAttempts() >= rules.attempts()) {
            return Optional.of(reports.keptChanging(pursuit, from, "annotation"));
        }
        DesiredExecutors desired = pursuit.executors();
        Attempt attempt = pursuit.beginAttempt();
        long begun = clock.nanos();
        Answer answer = api.write(path, there.read(), desired, attempt);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Present present -> {
                writes.wrote(there.mark(), desired.cap(), now);
                reports.written(pursuit, from, now - begun);
                yield Optional.of(new Step.Done());
            }
            case Answer.Gone gone -> Optional.of(gone(pursuit, gone.message()));
            case Answer.Disagreed disagreed -> Optional.empty();
            case Answer.Refused refused -> Optional.of(refused(pursuit, refused, now - begun));
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(desired.cap(), now);
                pursuit.lostAnswer(there.mark());
                yield Optional.of(new Step.Again(rules.afterUnclear(pursuit.unclear())));
            }
        };
    }

    /** A run that is over is not tried again: its next run is another pod, and another target. */
    private Step gone(Pursuit pursuit, String message) {
        reports.tell(pursuit, Result.Expired, PursuitReports.currentOf(pursuit), message);
        return new Step.Done();
    }

    private Step standBack(Pursuit pursuit, ForeignWrites writes, long now) {
        return reports.standBack(
                pursuit,
                writes,
                PursuitReports.currentOf(pursuit),
                "changed the annotation " + DesiredExecutors.ANNOTATION,
                now);
    }

    private Step refused(Pursuit pursuit, Answer.Refused refused, long writeNanos) {
        return reports.refused(
                pursuit,
                PursuitReports.currentOf(pursuit),
                refused.message() + " (" + refused.code() + ")",
                writeNanos);
    }

    private static int from(Pursuit pursuit, @Nullable DesiredExecutors document) {
        return document == null ? PursuitReports.currentOf(pursuit) : document.cap();
    }
}
