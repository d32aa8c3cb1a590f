package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes one target one step further: asks the fence, writes or reads, and tells what came of it. */
final class Pursuer {

    private final ScaleApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final AttemptRules rules;
    private final PursuitReports reports;
    private final MonotonicClock clock;

    Pursuer(ScaleApi api, Fence fence, WriteLimits limits, AttemptRules rules, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.rules = rules;
        this.reports = new PursuitReports(tools.reports(), rules);
        this.clock = tools.clock();
    }

    /** Works on a target until it is done or must wait. */
    Step pursue(Pursuit pursuit, ScalePath path, ForeignWrites writes) {
        while (true) {
            Optional<Step> step = advance(pursuit, path, writes);
            if (step.isPresent()) {
                return step.get();
            }
        }
    }

    private Optional<Step> advance(Pursuit pursuit, ScalePath path, ForeignWrites writes) {
        long now = clock.nanos();
        OptionalInt expected = expected(pursuit, writes, now);
        if (writes.conflicted(pursuit.held().target().generation(), now)) {
            return Optional.of(standBack(pursuit, writes, now));
        }
        boolean shrinks = expected.isPresent() && pursuit.desired() < expected.getAsInt();
        Optional<Step> fenced = reports.fenced(
                pursuit, fence.check(pursuit.held(), shrinks, now), expected.orElse(PursuitReports.currentOf(pursuit)));
        if (fenced.isPresent()) {
            return fenced;
        }
        if (expected.isEmpty()) {
            return read(pursuit, path, writes);
        }
        if (expected.getAsInt() == pursuit.desired()) {
            reports.tell(pursuit, Result.AlreadyThere, expected.getAsInt(), "the size was there already");
            return Optional.of(new Step.Done());
        }
        Duration wait = limits.take(path.namespace(), now);
        return wait.isZero() ? write(pursuit, path, writes, expected.getAsInt()) : Optional.of(new Step.Again(wait));
    }

    private static OptionalInt expected(Pursuit pursuit, ForeignWrites writes, long now) {
        if (pursuit.observed().isPresent() || pursuit.mustRead()) {
            return pursuit.observed();
        }
        return writes.expected(pursuit.held().target().current(), now);
    }

    private Step standBack(Pursuit pursuit, ForeignWrites writes, long now) {
        int there = writes.foreignSize().orElse(pursuit.desired());
        return reports.standBack(pursuit, writes, there, "set " + there + " replicas", now);
    }

    private Optional<Step> read(Pursuit pursuit, ScalePath path, ForeignWrites writes) {
        return switch (api.read(path)) {
            case Answer.Size size -> {
                long now = clock.nanos();
                if (pursuit.lostFrom().isPresent() && size.replicas() == pursuit.desired()) {
                    int from = pursuit.lostFrom().getAsInt();
                    writes.wrote(from, size.replicas(), now);
                    yield Optional.of(reports.foundWritten(pursuit, from));
                }
                pursuit.foundAnswer();
                writes.observed(size.replicas(), now);
                pursuit.read(size.replicas());
                yield Optional.empty();
            }
            case Answer.Disagreed disagreed -> Optional.of(reports.unreadable(pursuit, disagreed.message()));
            case Answer.Refused refused -> Optional.of(refused(pursuit, writes, refused, 0));
            case Answer.Unclear unclear -> Optional.of(reports.unreadable(pursuit, unclear.message()));
        };
    }

    private Optional<Step> write(Pursuit pursuit, ScalePath path, ForeignWrites writes, int expected) {
        if (pursuit.quickAttempts() >= rules.attempts()) {
            pursuit.readAgain();
            return Optional.of(reports.keptChanging(pursuit, expected, "size"));
        }
        Attempt attempt = pursuit.beginAttempt();
        long begun = clock.nanos();
        Answer answer = api.write(path, expected, pursuit.desired(), attempt);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Size size -> {
                writes.observed(expected, now);
                writes.wrote(expected, pursuit.desired(), now);
                reports.written(pursuit, expected, now - begun);
                yield Optional.of(new Step.Done());
            }
            case Answer.Disagreed disagreed -> disagreed(pursuit, path, writes, expected, disagreed);
            case Answer.Refused refused -> Optional.of(refused(pursuit, writes, refused, now - begun));
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(pursuit.desired(), now);
                pursuit.lostAnswer(expected);
                yield Optional.of(new Step.Again(rules.afterUnclear(pursuit.unclear())));
            }
        };
    }

    /** A 422 is a failed test or a refusal; reading tells which, since only a refusal leaves the size as expected. */
    private Optional<Step> disagreed(
            Pursuit pursuit, ScalePath path, ForeignWrites writes, int expected, Answer.Disagreed disagreed) {
        pursuit.readAgain();
        Optional<Step> step = read(pursuit, path, writes);
        OptionalInt observed = pursuit.observed();
        if (step.isEmpty() && observed.isPresent() && observed.getAsInt() == expected && pursuit.quickAttempts() > 1) {
            return Optional.of(refused(pursuit, writes, new Answer.Refused(422, disagreed.message()), 0));
        }
        return step;
    }

    private Step refused(Pursuit pursuit, ForeignWrites writes, Answer.Refused refused, long writeNanos) {
        int there = writes.foreignSize().orElse(PursuitReports.currentOf(pursuit));
        return reports.refused(pursuit, there, refused.message() + " (" + refused.code() + ")", writeNanos);
    }

    /**
     * What every actor needs.
     *
     * @param reports where outcomes go
     * @param clock the monotonic clock
     */
    record Tools(Reports reports, MonotonicClock clock) {}
}
