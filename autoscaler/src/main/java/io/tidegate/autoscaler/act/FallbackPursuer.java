package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.policy.Fallback;
import java.time.Duration;

/** Brings a workload of a silent partition to its fallback size, if that is more than it has. */
final class FallbackPursuer {

    private final ScaleApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final FallbackReports reports;
    private final MonotonicClock clock;

    FallbackPursuer(ScaleApi api, Fence fence, WriteLimits limits, Tools tools) {
        this.api = api;
        this.fence = fence;
        this.limits = limits;
        this.reports = new FallbackReports(tools.reports());
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
            case Answer.Disagreed disagreed -> new Step.Again(FallbackReports.RETRY);
            case Answer.Refused refused -> reports.refused(held, attempt, refused.message());
            case Answer.Unclear unclear -> new Step.Again(FallbackReports.RETRY);
        };
    }

    private Step grow(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes, int there) {
        Fallback fallback = FallbackReports.fallback(held);
        if (there >= fallback.replicas()) {
            return reports.kept(
                    held,
                    "the stream is silent; %d replicas are kept, at least the fallback's %d"
                            .formatted(there, fallback.replicas()));
        }
        long now = clock.nanos();
        Duration wait = limits.take(held.target().workload().namespace(), now);
        return wait.isZero() ? write(held, path, attempt, writes, there) : new Step.Again(wait);
    }

    private Step write(HeldTarget held, ScalePath path, int attempt, ForeignWrites writes, int there) {
        Fallback fallback = FallbackReports.fallback(held);
        long begun = clock.nanos();
        Answer answer = api.write(path, there, fallback.replicas(), Attempt.fallback(held.target(), attempt));
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Size size -> {
                writes.wrote(there, fallback.replicas(), now);
                yield reports.written(held, there, attempt, "applied", now - begun);
            }
            case Answer.Disagreed disagreed -> new Step.Again(Duration.ZERO);
            case Answer.Refused refused -> reports.refused(held, attempt, refused.message());
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(fallback.replicas(), now);
                yield new Step.Again(FallbackReports.RETRY);
            }
        };
    }
}
