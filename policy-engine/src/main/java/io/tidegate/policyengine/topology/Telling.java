package io.tidegate.policyengine.topology;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.decide.DecisionRecords;
import io.tidegate.policyengine.decide.Moment;
import io.tidegate.policyengine.state.Emitted;
import io.tidegate.policyengine.state.Emitted.KeptDecision;
import io.tidegate.policyengine.state.Emitted.KeptTarget;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.StateTooLargeException;
import io.tidegate.policyengine.state.WorkloadState;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Tells decisions and targets, and keeps them beside the state. Each decision is told, however late: the log of decisions is
 * the same whoever reads the facts, and when. Targets are not told while the engine catches up with the log; afterwards it
 * tells the last of each workload. What is told for show only stays untold in the state, so that an engine that takes over from
 * there tells it all.
 */
final class Telling {

    private static final Logger LOG = Logger.getLogger(Telling.class);

    private final EngineStore store;
    private final Outbox outbox;
    private final EngineMetrics metrics;
    private final FactTrace trace;
    private final boolean forShow;
    private final Set<WorkloadId> untold = new LinkedHashSet<>();
    private boolean live;

    /** @param forShow whether nobody carries out what is told */
    Telling(EngineStore store, Outbox outbox, EngineMetrics metrics, FactTrace trace, boolean forShow) {
        this.store = store;
        this.outbox = outbox;
        this.metrics = metrics;
        this.trace = trace;
        this.forShow = forShow;
    }

    /** Whether the engine has caught up with the log. */
    boolean isLive() {
        return live;
    }

    /** Says whether the engine has caught up; if it just has, tells what was kept meanwhile. */
    void follow(boolean caughtUp) {
        boolean justCaughtUp = caughtUp && !live;
        live = caughtUp;
        if (justCaughtUp && !untold.isEmpty()) {
            LOG.infof("caught up with the log, telling last targets workloads=%d", untold.size());
            untold.forEach(this::tellUntold);
            untold.clear();
        }
    }

    /** Tells a decision. */
    Emitted decision(DecisionRecord made, Emitted emitted, Moment moment) {
        DecisionRecord decision = trace.placed(made);
        byte[] body = store.keep(decision);
        Emitted after = emitted.withDecision(DecisionRecords.last(decision), moment.offset());
        metrics.decided(decision.action().name(), decision.reason());
        outbox.decision(decision, body);
        return after;
    }

    /** Tells a target. */
    Emitted target(Target made, Emitted emitted, Moment moment) {
        Target target = trace.placed(made);
        byte[] body = store.keep(target);
        if (live) {
            outbox.target(target, body);
            if (!forShow) {
                trace.give(target);
            }
        } else {
            untold.add(target.workload());
        }
        return emitted.withTarget(new KeptTarget(
                target.key(), target.sequence(), moment.offset(), moment.millis(), false, forShow || !live));
    }

    /** Tells that nothing is to be held for a key any more. */
    Emitted tombstone(WorkloadId workload, String key, Emitted emitted, Moment moment) {
        KeptTarget gone = new KeptTarget(
                key, emitted.nextSequence(moment.millis()), moment.offset(), moment.millis(), true, forShow || !live);
        store.removeTarget(key);
        if (live) {
            tell(gone);
        } else {
            untold.add(workload);
        }
        return emitted.withTarget(gone);
    }

    /** Tells at once what waits, of a workload that is about to be forgotten. */
    void beforeForgetting(WorkloadState state) {
        state.emitted().targets().stream().filter(KeptTarget::untold).forEach(this::tell);
    }

    /** Tells the same for a key of which nothing is known here; what was told of it lies in the topic perhaps. */
    void tombstoneOfUnknown(String key, Moment moment) {
        outbox.tombstone(key, moment.millis(), moment.now());
    }

    /**
     * After a restart: tells again, with the same bytes, what was told from this offset on, since it may have been lost.
     *
     * @return what is to be remembered
     */
    WorkloadState again(WorkloadId workload, WorkloadState state, long fromOffset) {
        for (KeptDecision decision : state.emitted().decisions()) {
            if (decision.offset() >= fromOffset) {
                tellDecision(workload, decision.sequence());
            }
        }
        List<KeptTarget> targets = state.emitted().targets().stream()
                .map(target -> target.offset() >= fromOffset || target.untold() ? again(workload, target) : target)
                .toList();
        return targets.equals(state.emitted().targets())
                ? state
                : state.withEmitted(state.emitted().withTargets(targets));
    }

    private KeptTarget again(WorkloadId workload, KeptTarget target) {
        if (live) {
            tell(target);
            return after(target);
        }
        untold.add(workload);
        return target.notTold();
    }

    /** What is kept of a target once it was told. */
    private KeptTarget after(KeptTarget told) {
        return forShow ? told.notTold() : told.told();
    }

    private void tellUntold(WorkloadId workload) {
        store.workload(workload).ifPresent(state -> {
            Emitted emitted = state.emitted();
            emitted.targets().stream().filter(KeptTarget::untold).forEach(this::tell);
            try {
                store.put(
                        workload,
                        state.withEmitted(emitted.withTargets(
                                emitted.targets().stream().map(this::after).toList())));
            } catch (StateTooLargeException e) {
                LOG.errorf("told targets may be told again workload=%s reason=%s", workload, e.getMessage());
            }
        });
    }

    private void tellDecision(WorkloadId workload, long sequence) {
        store.decision(workload, sequence)
                .ifPresent(decision ->
                        store.decisionBody(workload, sequence).ifPresent(body -> outbox.decision(decision, body)));
    }

    private void tell(KeptTarget target) {
        if (target.gone()) {
            outbox.tombstone(target.key(), target.sequence(), Instant.ofEpochMilli(target.at()));
        } else {
            store.target(target.key())
                    .ifPresent(kept -> store.targetBody(target.key()).ifPresent(body -> outbox.target(kept, body)));
        }
    }

    /** Logs a decision; its records are on their way by then. */
    void log(DecisionRecord decision) {
        Logger.Level level =
                live && decision.action() != DecisionRecord.Action.Hold ? Logger.Level.INFO : Logger.Level.DEBUG;
        if (LOG.isEnabled(level)) {
            TraceParent place = trace.told();
            if (place != null) {
                MDC.put("traceId", place.traceId());
            }
            LOG.logf(
                    level,
                    "decided action=%s workload=%s decisionId=%s reason=%s current=%d desired=%d",
                    decision.action(),
                    decision.workload(),
                    decision.id(),
                    decision.reason(),
                    decision.current(),
                    decision.desired());
            MDC.remove("traceId");
        }
    }
}
