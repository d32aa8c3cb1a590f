package io.tidegate.autoscaler.report;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.Reports;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.contracts.wire.TraceParent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Tells the log of facts, the policy's status, its Events, the metrics and the service's log what became of targets. */
public final class ReportDesk implements Reports {

    private static final Logger LOG = Logger.getLogger(ReportDesk.class);

    /** A write that is about to happen gets this time, so that its result is what the status says first. */
    private static final Duration PENDING_DELAY = Duration.ofMillis(500);

    private final OutcomeLog outcomes;
    private final StatusDesk statuses;
    private final EventDesk events;
    private final Meters meters;
    private final Clocks clocks;
    private final Map<String, PolicyStatus> views = new ConcurrentHashMap<>();
    /** The key under which the newest target of a policy is held: its own, or its workload's. */
    private final Map<PolicyId, String> keys = new ConcurrentHashMap<>();

    public ReportDesk(OutcomeLog outcomes, StatusDesk statuses, EventDesk events, Meters meters, Clocks clocks) {
        this.outcomes = outcomes;
        this.statuses = statuses;
        this.events = events;
        this.meters = meters;
        this.clocks = clocks;
    }

    @Override
    public void held(HeldTarget held, Note note) {
        Target target = held.target();
        keys.put(target.policy(), held.key());
        // Submitted within, so that who is later here is later there too.
        views.compute(held.key(), (key, before) -> {
            PolicyStatus view = new PolicyStatus(
                    target,
                    target.current(),
                    applied(note, target, before),
                    before == null ? PolicyStatus.STREAM_FLOWS : before.fallback());
            statuses.submit(view, note == Note.PENDING ? PENDING_DELAY : Duration.ZERO);
            return view;
        });
    }

    @Override
    public void acted(HeldTarget held, Deed deed) {
        Target target = held.target();
        TraceParent trace = trace(target, deed);
        meters.actuation(deed.result());
        if (deed.writeNanos() > 0 && (deed.result() == Result.Applied || deed.result() == Result.FellBack)) {
            timed(held, deed, trace);
        }
        outcomes.append(
                new OutcomeFact(
                        target.workload(),
                        target.policy(),
                        target.decisionId(),
                        target.sequence(),
                        deed.result(),
                        deed.from(),
                        deed.to(),
                        Math.max(1, deed.attempt()),
                        deed.message(),
                        TimeUnit.NANOSECONDS.toMillis(deed.writeNanos())),
                trace);
        log(target, deed, trace);
        views.computeIfPresent(held.key(), (key, before) -> {
            if (before.target().sequence() != target.sequence()) {
                return before;
            }
            PolicyStatus view = before.withApplied(applied(target, deed), current(deed, before));
            statuses.submit(view, Duration.ZERO);
            return view;
        });
        event(target, deed);
    }

    @Override
    public void fallback(HeldTarget held, boolean active, String message) {
        Condition condition = active
                ? new Condition(PolicyStatus.FALLBACK, "True", "StreamSilent", message)
                : PolicyStatus.STREAM_FLOWS;
        views.computeIfPresent(held.key(), (key, before) -> {
            PolicyStatus view = before.withFallback(condition);
            statuses.submit(view, Duration.ZERO);
            return view;
        });
    }

    @Override
    public void forgotten(HeldTarget held) {
        views.remove(held.key());
        PolicyId policy = held.target().policy();
        // A policy whose workload has been found is held under the workload's key by then; its status goes on.
        if (keys.remove(policy, held.key())) {
            statuses.forget(policy);
        }
    }

    /** Drops what is known of targets that are not ours any more; their new owner writes their status. */
    public void dropped(Iterable<HeldTarget> dropped) {
        dropped.forEach(this::forgotten);
    }

    private void timed(HeldTarget held, Deed deed, @Nullable TraceParent trace) {
        meters.scaleWrite(Duration.ofNanos(deed.writeNanos()), trace);
        if (!held.replayed() && deed.result() == Result.Applied) {
            meters.targetToWrite(Duration.ofNanos(clocks.monotonic().nanos() - held.receivedAt()), trace);
            Duration since =
                    Duration.between(held.target().decidedAt(), clocks.wall().instant());
            meters.decisionToWrite(since.isNegative() ? Duration.ZERO : since, trace);
        }
    }

    /** Where the attempt was that the deed ended with. */
    private static @Nullable TraceParent trace(Target target, Deed deed) {
        int number = Math.max(1, deed.attempt());
        return (deed.result() == Result.FellBack ? Attempt.fallback(target, number) : Attempt.of(target, number))
                .trace();
    }

    private static @Nullable Integer current(Deed deed, PolicyStatus base) {
        return switch (deed.result()) {
            case Applied, AlreadyThere, FellBack -> deed.to();
            case Conflicted -> deed.from();
            case Shadowed, Expired, Refused, Failed -> base.current();
        };
    }

    private static Condition applied(Note note, Target target, @Nullable PolicyStatus before) {
        return switch (note) {
            case IN_PLACE -> condition("True", "InPlace", "the size is as decided");
            case PAUSED -> condition("False", "Paused", "the policy is paused; nothing is written");
            case NO_SIZE -> condition("False", "NoSize", "there is no size to hold: " + target.sentence());
            case RECOMMENDED -> recommended(target);
            case PENDING ->
                before != null && before.applied().status().equals("False")
                        ? before.applied()
                        : condition("Unknown", "Pending", "the size is about to be written");
        };
    }

    private static Condition recommended(Target target) {
        Integer desired = target.replicas();
        Integer current = target.current();
        return desired != null && desired.equals(current)
                ? condition("True", "InPlace", "the template of the next run is as recommended")
                : condition(
                        "False",
                        "Recommended",
                        "%s executors are recommended for the next run; set resources.mode to NextRun to have them written"
                                .formatted(desired));
    }

    /** What a size counts. */
    private static String units(Target target) {
        return target.driver() == null && target.template() == null ? "replicas" : "executors";
    }

    private static Condition applied(Target target, Deed deed) {
        return switch (deed.result()) {
            case Applied, AlreadyThere ->
                condition("True", deed.result().name(), "%d %s are set".formatted(deed.to(), units(target)));
            case FellBack -> condition("True", deed.result().name(), deed.message());
            case Shadowed, Expired, Refused, Conflicted, Failed ->
                condition("False", deed.result().name(), deed.message());
        };
    }

    private static Condition condition(String status, String reason, String message) {
        return new Condition(PolicyStatus.APPLIED, status, reason, message);
    }

    private static String subject(Target target) {
        String kind = target.workload().kind();
        return target.template() == null ? kind : "the next run of " + kind;
    }

    private void event(Target target, Deed deed) {
        String change = "%s %s from %d to %d %s"
                .formatted(subject(target), target.workload().name(), deed.from(), deed.to(), units(target));
        switch (deed.result()) {
            case Applied -> tell(target, false, "Scaled", "Scaled " + change + ": " + target.sentence());
            case Refused -> tell(target, true, "ScaleRefused", "Could not scale " + change + ": " + deed.message());
            case Failed -> tell(target, true, "ScaleFailed", "Could not scale " + change + ": " + deed.message());
            case Conflicted -> tell(target, true, "Conflicted", "Not scaling " + change + ": " + deed.message());
            case FellBack -> tell(target, true, "FellBack", "Scaled " + change + ": " + deed.message());
            case Shadowed -> tell(target, false, "WouldScale", "Would scale " + change + ": " + target.sentence());
            case AlreadyThere, Expired -> {}
        }
    }

    private void tell(Target target, boolean warning, String reason, String note) {
        events.tell(new PolicyEvent(target.policy(), target.policyUid(), warning, reason, "Scale", note));
    }

    private static void log(Target target, Deed deed, @Nullable TraceParent trace) {
        if (trace != null) {
            MDC.put("traceId", trace.traceId());
        }
        LOG.infof(
                "%s: workload=%s from=%d to=%d attempt=%d decisionId=%s reason=%s message=%s writeMillis=%d",
                deed.result(),
                target.workload(),
                deed.from(),
                deed.to(),
                deed.attempt(),
                target.decisionId(),
                target.reason(),
                deed.message(),
                TimeUnit.NANOSECONDS.toMillis(deed.writeNanos()));
        MDC.remove("traceId");
    }

    /**
     * Clocks.
     *
     * @param monotonic for durations
     * @param wall for times that people read
     */
    public record Clocks(MonotonicClock monotonic, InstantSource wall) {}
}
