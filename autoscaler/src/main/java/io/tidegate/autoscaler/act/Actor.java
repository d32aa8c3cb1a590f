package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Lane.Task;
import io.tidegate.autoscaler.act.Pursuer.Tools;
import io.tidegate.autoscaler.act.Reports.Deed;
import io.tidegate.autoscaler.act.Reports.Note;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.autoscaler.targets.HeldTarget;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.targets.HeldTargets.Changes;
import io.tidegate.autoscaler.targets.Lever;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.autoscaler.time.StallDetector;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.RunTemplate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Acts when targets change, one workload beside the other, the newest target of each. */
public final class Actor {

    private static final Logger LOG = Logger.getLogger(Actor.class);
    private static final Duration AFTER_DEFECT = Duration.ofSeconds(5);

    private final HeldTargets targets;
    private final ConflictRules conflicts;
    private final Pursuer pursuer;
    private final FallbackPursuer fallbackPursuer;
    private final DriverPursuer driverPursuer;
    private final DriverFallback driverFallback;
    private final TemplatePursuer templatePursuer;
    private final Reports reports;
    private final MonotonicClock clock;
    private final Later later;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, HeldTarget> fallen = new ConcurrentHashMap<>();

    public Actor(
            HeldTargets targets, Levers levers, ActingRules rules, StallDetector stalls, Surroundings surroundings) {
        this.targets = targets;
        this.conflicts = rules.conflicts();
        this.reports = surroundings.reports();
        this.clock = surroundings.clock();
        this.later = surroundings.later();
        Fence fence = new Fence(targets, stalls, rules.fencing());
        WriteLimits limits = new WriteLimits(rules.perCluster(), rules.perNamespace(), clock.nanos());
        Tools tools = new Tools(reports, clock);
        this.pursuer = new Pursuer(levers.scale(), fence, limits, rules.attempts(), tools);
        this.fallbackPursuer = new FallbackPursuer(levers.scale(), fence, limits, tools);
        this.driverPursuer = new DriverPursuer(levers.drivers(), fence, limits, rules.attempts(), tools);
        this.driverFallback = new DriverFallback(levers.drivers(), fence, limits, tools);
        this.templatePursuer = new TemplatePursuer(levers.templates(), fence, limits, rules.attempts(), tools);
    }

    /** Looks at what has changed. */
    public void changed(Changes changes) {
        changes.held().forEach(this::held);
        changes.forgotten().forEach(this::forgotten);
    }

    /** Stops at once for targets of partitions that are not ours any more. */
    public void revoked(Collection<HeldTarget> dropped) {
        dropped.forEach(held -> lanes.remove(held.key()));
    }

    /** Looks for partitions whose stream is silent, or flows again. To be called about once a second. */
    public void watchSilence() {
        Map<String, HeldTarget> silent = new HashMap<>();
        targets.silent(clock.nanos(), Actor::isSilent).forEach(held -> silent.put(held.key(), held));
        silent.forEach((key, held) -> {
            fallen.put(key, held);
            Lane lane = lane(key);
            if (lane.fallBack(held)) {
                start(lane);
            }
        });
        fallen.entrySet().removeIf(entry -> !silent.containsKey(entry.getKey()) && recovered(entry.getValue()));
    }

    /**
     * The API server answers again. What was put off while it was away is tried at once: the pauses have grown with the time that it was
     * away, to minutes.
     */
    public void answersAgain() {
        lanes.values().forEach(lane -> {
            if (lane.retry()) {
                start(lane);
            }
        });
    }

    private boolean recovered(HeldTarget held) {
        Lane lane = lanes.get(held.key());
        if (lane != null) {
            if (lane.recover()) {
                start(lane);
            }
            reports.fallback(held, false, "the stream flows");
        }
        return true;
    }

    private static boolean isSilent(HeldTarget held, Duration heartbeatAge) {
        Target target = held.target();
        Fallback fallback = target.fallback();
        return fallback != null
                && target.ruling()
                && target.mode() == Mode.Enforce
                && held.lever() != null
                && target.template() == null
                && heartbeatAge.compareTo(fallback.after()) > 0;
    }

    private void held(HeldTarget held) {
        Target target = held.target();
        Integer desired = target.replicas();
        if (!target.ruling() || desired == null || held.lever() == null) {
            rest(held, Note.NO_SIZE);
            return;
        }
        switch (target.mode()) {
            case Paused -> rest(held, Note.PAUSED);
            case Shadow -> shadow(held, desired);
            case Enforce -> enforce(held, held.lever(), desired);
        }
    }

    private void enforce(HeldTarget held, Lever lever, int desired) {
        RunTemplate template = held.target().template();
        if (template != null && !template.write()) {
            rest(held, Note.RECOMMENDED);
            return;
        }
        Integer current = held.target().current();
        // A driver may have been told nothing yet, though it runs as many as it must: only reading tells.
        if (lever instanceof ScalePath && current != null && current == desired) {
            rest(held, Note.IN_PLACE);
            return;
        }
        reports.held(held, Note.PENDING);
        Lane lane = lane(held.key());
        if (lane.pursue(task(new Pursuit(held, desired), lever))) {
            start(lane);
        }
    }

    private Task task(Pursuit pursuit, Lever lever) {
        return switch (lever) {
            case ScalePath path -> writes -> pursuer.pursue(pursuit, path, writes);
            case DriverPath path -> writes -> driverPursuer.pursue(pursuit, path, writes);
            case TemplatePath path -> writes -> templatePursuer.pursue(pursuit, path, writes);
        };
    }

    private void shadow(HeldTarget held, int desired) {
        rest(held, Note.IN_PLACE);
        Integer current = held.target().current();
        if (!held.replayed() && (current == null || current != desired)) {
            int from = current == null ? desired : current;
            reports.acted(held, new Deed(Result.Shadowed, from, desired, 0, "the policy's mode is Shadow", 0));
        }
    }

    /** Nothing is to be written for a target; what was on its way for an older one stops. */
    private void rest(HeldTarget held, Note note) {
        Lane lane = lanes.get(held.key());
        if (lane != null) {
            lane.rest();
        }
        reports.held(held, note);
    }

    private void forgotten(HeldTarget held) {
        lanes.remove(held.key());
        reports.forgotten(held);
    }

    private Lane lane(String key) {
        return lanes.computeIfAbsent(key, name -> new Lane(new ForeignWrites(conflicts)));
    }

    private void start(Lane lane) {
        later.now(() -> run(lane));
    }

    private void run(Lane lane) {
        Optional<Lane.Work> work = lane.next();
        while (work.isPresent()) {
            long round = lane.round();
            Step step = step(lane, work.get());
            if (!lane.finished(work.get(), step)) {
                if (step instanceof Step.Again putOff) {
                    later.in(putOff.in(), () -> resume(lane, round));
                }
                return;
            }
            work = lane.next();
        }
    }

    /** A defect must not end the lane: its workload would be left alone without a word. */
    private Step step(Lane lane, Lane.Work work) {
        try {
            return switch (work) {
                case Lane.Work.Pursue pursue -> pursue.task().step(lane.writes());
                case Lane.Work.FallBack fallBack -> fallBack(fallBack.held(), fallBack.attempt(), lane.writes());
            };
        } catch (RuntimeException e) {
            LOG.errorf(e, "A target could not be carried out, and is tried again");
            return new Step.Again(AFTER_DEFECT);
        }
    }

    private Step fallBack(HeldTarget held, int attempt, ForeignWrites writes) {
        return switch (held.lever()) {
            case null -> new Step.Done();
            case ScalePath path -> fallbackPursuer.pursue(held, path, attempt, writes);
            case DriverPath path -> driverFallback.pursue(held, path, attempt, writes);
            case TemplatePath path -> new Step.Done();
        };
    }

    private void resume(Lane lane, long round) {
        if (lane.resume(round)) {
            run(lane);
        }
    }

    /**
     * What sizes are set by.
     *
     * @param scale scale subresources
     * @param drivers drivers of Spark applications
     * @param templates templates of recurring ones
     */
    public record Levers(ScaleApi scale, DriverApi drivers, TemplateApi templates) {}

    /**
     * The rules of acting.
     *
     * @param fencing times that fence writes
     * @param attempts how often a write is tried
     * @param conflicts when to stand back
     * @param perCluster limit on writes of the cluster
     * @param perNamespace limit on writes of each namespace
     */
    public record ActingRules(
            FencingRules fencing,
            AttemptRules attempts,
            ConflictRules conflicts,
            WriteLimits.Rate perCluster,
            WriteLimits.Rate perNamespace) {}

    /**
     * What surrounds the actor.
     *
     * @param reports where outcomes go
     * @param clock the monotonic clock
     * @param later runs work beside the caller
     */
    public record Surroundings(Reports reports, MonotonicClock clock, Later later) {}
}
