package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.act.Reports.Deed;
import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.policy.Fallback;
import java.time.Duration;
import java.util.Objects;

/** Brings a workload of a silent partition to its fallback size, if that is more than it has. */
final class FallbackPursuer {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ScaleApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final Reports reports;
    private final MonotonicClock clock;

    FallbackPursuer(ScaleApi api, Fence fence, WriteLimits limits, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.reports = tools.reports();
        this.clock = tools.clock();
    }

    /**
     * Tries once.
     *
     * @param attempt which attempt this is, from 1
     */
    Step pursue(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes) {
        if (writes.conflicted(held.target().generation(), clock.nanos())) {
            return new Step.Done();
        }
        return switch (fence.checkFallback(held, clock.nanos())) {
            case Permit.Withdrawn withdrawn -> new Step.Done();
            case Permit.Postponed postponed -> new Step.Again(postponed.retryIn());
            case Permit.Granted granted -> read(held, path, attempt, writes);
        };
    }

    private Step read(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes) {
        return switch (api.read(path)) {
            case Answer.Size size -> {
                writes.observed(size.replicas(), clock.nanos());
                yield grow(held, path, attempt, writes, size.replicas());
            }
            case Answer.Disagreed disagreed -> new Step.Again(RETRY);
            case Answer.Refused refused -> failed(held, attempt, Result.Refused, refused.message());
            case Answer.Unclear unclear -> new Step.Again(RETRY);
        };
    }

    private Step grow(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes, int there) {
        Fallback fallback = Objects.requireNonNull(held.target().fallback(), "fallback");
        if (there >= fallback.replicas()) {
            reports.fallback(
                    held,
                    true,
                    "the stream is silent; %d replicas are kept, at least the fallback's %d"
                            .formatted(there, fallback.replicas()));
            return new Step.Done();
        }
        long now = clock.nanos();
        Duration wait = limits.take(held.target().workload().namespace(), now);
        return wait.isZero() ? write(held, path, attempt, writes, there) : new Step.Again(wait);
    }

    private Step write(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes, int there) {
        Fallback fallback = Objects.requireNonNull(held.target().fallback(), "fallback");
        long begun = clock.nanos();
        Answer answer =
                api.write(path, there, fallback.replicas(), held.target().decisionId() + "-fallback-" + attempt);
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Size size -> {
                writes.wrote(there, fallback.replicas(), now);
                String message = "the stream has been silent for longer than "
                        + fallback.after().toSeconds() + " s; the fallback size is applied until it is back";
                reports.acted(
                        held,
                        new Deed(
                                Result.FellBack,
                                there,
                                fallback.replicas(),
                                attempt,
                                message,
                                Math.max(1, now - begun)));
                reports.fallback(held, true, message);
                yield new Step.Done();
            }
            case Answer.Disagreed disagreed -> new Step.Again(Duration.ZERO);
            case Answer.Refused refused -> failed(held, attempt, Result.Refused, refused.message());
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(fallback.replicas());
                yield new Step.Again(RETRY);
            }
        };
    }

    private Step failed(HeldTarget held, int attempt, Result result, String message) {
        Fallback fallback = Objects.requireNonNull(held.target().fallback(), "fallback");
        Integer current = held.target().current();
        if (attempt == 1) {
            reports.acted(
                    held,
                    new Deed(
                            result,
                            current == null ? fallback.replicas() : current,
                            fallback.replicas(),
                            attempt,
                            "fallback: " + message,
                            0));
        }
        return new Step.Again(RETRY);
    }
}
