package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.spark.DesiredExecutors;
import java.time.Duration;

/** Lets a Spark application of a silent partition have at least its fallback size. It raises a cap, and forces nothing. */
final class DriverFallback {

    private final DriverApi api;
    private final Fence fence;
    private final WriteLimits limits;
    private final FallbackReports reports;
    private final MonotonicClock clock;

    DriverFallback(DriverApi api, Fence fence, WriteLimits limits, Tools tools) {
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
    Step pursue(HeldTarget held, DriverPath path, int attempt, ForeignWrites writes) {
        writes.in(path.uid());
        if (writes.conflicted(held.target().generation(), clock.nanos())) {
            return new Step.Done();
        }
        return switch (fence.checkFallback(held, clock.nanos())) {
            case Permit.Withdrawn withdrawn -> new Step.Done();
            case Permit.Postponed postponed -> new Step.Again(postponed.retryIn());
            case Permit.Granted granted -> read(held, path, attempt, writes);
        };
    }

    private Step read(HeldTarget held, DriverPath path, int attempt, ForeignWrites writes) {
        return switch (api.read(path)) {
            case Answer.Present present -> {
                Annotated there = Annotated.of(present);
                writes.observed(there.mark(), clock.nanos());
                yield grow(held, path, attempt, writes, there);
            }
            case Answer.Gone gone -> reports.kept(held, gone.message());
            case Answer.Disagreed disagreed -> new Step.Again(FallbackReports.RETRY);
            case Answer.Refused refused -> reports.refused(held, attempt, refused.message());
            case Answer.Unclear unclear -> new Step.Again(FallbackReports.RETRY);
        };
    }

    private Step grow(HeldTarget held, DriverPath path, int attempt, ForeignWrites writes, Annotated there) {
        int least = FallbackReports.fallback(held).replicas();
        DesiredExecutors document = there.document();
        if (document == null) {
            return reports.kept(held, "the stream is silent; no cap is set, Spark asks for what it wants");
        }
        if (document.cap() >= least) {
            return reports.kept(
                    held,
                    "the stream is silent; %d executors are allowed, at least the fallback's %d"
                            .formatted(document.cap(), least));
        }
        Duration wait = limits.take(path.namespace(), clock.nanos());
        if (!wait.isZero()) {
            return new Step.Again(wait);
        }
        // The driver takes higher sequences only; the engine's next one is the time of its decision, and higher still.
        DesiredExecutors raised = new DesiredExecutors(
                document.sequence() + 1,
                held.target().decisionId() + "-fallback",
                document.floor(),
                least,
                document.allowStageRetry());
        return write(held, path, attempt, writes, new Raise(there, document.cap(), raised));
    }

    private Step write(HeldTarget held, DriverPath path, int attempt, ForeignWrites writes, Raise raise) {
        long begun = clock.nanos();
        Answer answer = api.write(path, raise.there().read(), raise.to(), Attempt.fallback(held.target(), attempt));
        long now = clock.nanos();
        return switch (answer) {
            case Answer.Present present -> {
                writes.wrote(raise.from(), raise.to().cap(), now);
                yield reports.written(held, raise.from(), attempt, "allowed", now - begun);
            }
            case Answer.Gone gone -> reports.kept(held, gone.message());
            case Answer.Disagreed disagreed -> new Step.Again(Duration.ZERO);
            case Answer.Refused refused -> reports.refused(held, attempt, refused.message());
            case Answer.Unclear unclear -> {
                writes.mayHaveWritten(raise.to().cap(), now);
                yield new Step.Again(FallbackReports.RETRY);
            }
        };
    }

    /** What is to be written over what was read. */
    private record Raise(Annotated there, int from, DesiredExecutors to) {}
}
