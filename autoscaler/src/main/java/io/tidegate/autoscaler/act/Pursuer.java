package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Reports.Deed;
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
    private final Reports reports;
    private final MonotonicClock clock;

    Pursuer(ScaleApi api, Fence fence, WriteLimits limits, AttemptRules rules, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.rules = rules;
        this.reports = tools.reports();
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
        switch (fence.check(pursuit.held(), shrinks, now)) {
            case Permit.Withdrawn withdrawn -> {
                return Optional.of(new Step.Done());
            }
            case Permit.Postponed postponed -> {
                return Optional.of(postpone(pursuit, postponed, expected));
            }
            case Permit.Granted granted -> {}
        }
        if (expected.isEmpty()) {
            return read(pursuit, path, writes);
        }
        if (expected.getAsInt() == pursuit.desired()) {
            tell(pursuit, Result.AlreadyThere, expected.getAsInt(), "the size was there already", 0);
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

    private Step postpone(Pursuit pursuit, Permit.Postponed postponed, OptionalInt expected) {
        if (postponed.expired() && pursuit.tellExpiry()) {
            tell(pursuit, Result.Expired, expected.orElse(currentOf(pursuit)), postponed.why(), 0);
        }
        return new Step.Again(postponed.retryIn());
    }

    private Step standBack(Pursuit pursuit, ForeignWrites writes, long now) {
        int there = writes.foreignSize().orElse(pursuit.desired());
        tell(
                pursuit,
                Result.Conflicted,
                there,
                "another writer has set %d replicas, twice within %d s of our own writes; nothing is written for %d s, or until the policy changes"
                        .formatted(
                                there,
                                writes.window().toSeconds(),
                                writes.standBackLeft(now).toSeconds()),
                0);
        return new Step.Again(writes.standBackLeft(now));
    }

    private Optional<Step> read(Pursuit pursuit, ScalePath path, ForeignWrites writes) {
        return switch (api.read(path)) {
            case Answer.Size size -> {
                long now = clock.nanos();
                if (pursuit.lostFrom().isPresent() && size.replicas() == pursuit.desired()) {
                    int from = pursuit.lostFrom().getAsInt();
                    writes.wrote(from, size.replicas(), now);
                    tell(
                            pursuit,
                            Result.Applied,
                            from,
                            "written; the answer was lost, and reading it again shows it",
                            0);
                    yield Optional.of(new Step.Done());
                }
                pursuit.foundAnswer();
                writes.observed(size.replicas(), now);
                pursuit.read(size.replicas());
                yield Optional.empty();
            }
            case Answer.Disagreed disagreed -> Optional.of(unclear(pursuit, disagreed.message()));
            case Answer.Refused refused -> Optional.of(refused(pursuit, writes, refused, 0));
            case Answer.Unclear unclear -> Optional.of(unclear(pursuit, unclear.message()));
        };
    }

    private Optional<Step> write(Pursuit pursuit, ScalePath path, ForeignWrites writes, int expected) {
        if (pursuit.quickAttempts() >= rules.attempts()) {
            pursuit.restQuickAttempts();
            pursuit.readAgain();
            tell(pursuit, Result.Failed, expected, "the size kept changing while it was written", 0);
            return Optional.of(new Step.Again(rules.afterRefusal(pursuit.refusals())));
        }
        String attemptId = pursuit.beginAttempt();
        long begun = clock.nanos();
        Answer answer = api.write(path, expected, pursuit.desired(), attemptId);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Size size -> {
                writes.observed(expected, now);
                writes.wrote(expected, pursuit.desired(), now);
                tell(pursuit, Result.Applied, expected, "written", Math.max(1, now - begun));
                yield Optional.of(new Step.Done());
            }
            case Answer.Disagreed disagreed -> disagreed(pursuit, path, writes, expected, disagreed);
            case Answer.Refused refused -> Optional.of(refused(pursuit, writes, refused, now - begun));
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(pursuit.desired());
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
        pursuit.refused();
        tell(
                pursuit,
                Result.Refused,
                writes.foreignSize().orElse(currentOf(pursuit)),
                refused.message() + " (" + refused.code() + ")",
                writeNanos);
        return new Step.Again(rules.afterRefusal(pursuit.refusals()));
    }

    private Step unclear(Pursuit pursuit, String message) {
        pursuit.unreadable();
        if (pursuit.unclear() == rules.attempts()) {
            tell(pursuit, Result.Failed, currentOf(pursuit), message, 0);
        }
        return new Step.Again(rules.afterUnclear(pursuit.unclear()));
    }

    private static int currentOf(Pursuit pursuit) {
        Integer current = pursuit.held().target().current();
        return current == null ? pursuit.desired() : current;
    }

    private void tell(Pursuit pursuit, Result result, int from, String message, long writeNanos) {
        reports.acted(
                pursuit.held(), new Deed(result, from, pursuit.desired(), pursuit.attempt(), message, writeNanos));
    }

    /**
     * What every actor needs.
     *
     * @param reports where outcomes go
     * @param clock the monotonic clock
     */
    record Tools(Reports reports, MonotonicClock clock) {}
}
