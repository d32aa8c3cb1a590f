package io.tidegate.policyengine;

import io.tidegate.contracts.decision.DecisionRecord.Action;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last reading of each workload, up to a number of workloads. A workload that is in stays in until it is forgotten, so that
 * series neither come and go nor grow without bound. The thread of a workload's partition writes, scrapes read.
 */
public final class WorkloadReadings {

    /**
     * A change that takes back another one so soon is a reversal: twice the 5 minutes for which autoscaling/v2 looks back before
     * it shrinks.
     */
    static final Duration REVERSED_WITHIN = Duration.ofMinutes(10);

    private final int limit;
    private final Map<WorkloadId, Listed> entries = new ConcurrentHashMap<>();

    /** @param limit most workloads that are held */
    WorkloadReadings(int limit) {
        this.limit = limit;
    }

    /** Takes in what was decided for a workload. */
    public void decided(WorkloadId workload, WorkloadReading reading) {
        Listed entry = entries.get(workload);
        if (entry != null) {
            entry.reading = reading;
        } else if (entries.size() < limit) {
            entries.put(workload, new Listed(reading));
        }
    }

    /** Counts a decision that was told; its reading has been taken in before. */
    public void told(WorkloadId workload, Action action, Instant at) {
        Listed entry = entries.get(workload);
        if (entry != null) {
            entry.told(action, at);
        }
    }

    /** Drops a workload. */
    public void forget(WorkloadId workload) {
        entries.remove(workload);
    }

    /** Drops those that another instance works on from now on. */
    void forget(Predicate<WorkloadId> gone) {
        entries.keySet().removeIf(gone);
    }

    int size() {
        return entries.size();
    }

    void forEach(BiConsumer<WorkloadId, Listed> reader) {
        entries.forEach(reader);
    }

    /** One workload. */
    static final class Listed {
        private final Map<Action, Long> decisions = new EnumMap<>(Action.class);
        private volatile WorkloadReading reading;
        private @Nullable Change lastChange;
        private long reversals;

        Listed(WorkloadReading reading) {
            this.reading = reading;
        }

        WorkloadReading reading() {
            return reading;
        }

        synchronized long decisions(Action action) {
            return decisions.getOrDefault(action, 0L);
        }

        synchronized long reversals() {
            return reversals;
        }

        synchronized @Nullable Change lastChange() {
            return lastChange;
        }

        private synchronized void told(Action action, Instant at) {
            decisions.merge(action, 1L, Long::sum);
            if (action == Action.Hold) {
                return;
            }
            Change before = lastChange;
            if (before != null && before.isTakenBackBy(action, at)) {
                reversals++;
            }
            lastChange = new Change(action, reading.why(), at);
        }
    }

    /**
     * A change of the size.
     *
     * @param action what was decided
     * @param why its reason
     * @param at the engine's time
     */
    record Change(Action action, WorkloadReading.Why why, Instant at) {

        boolean isTakenBackBy(Action next, Instant later) {
            boolean opposite = (action == Action.ScaleUp && next == Action.ScaleDown)
                    || (action == Action.ScaleDown && next == Action.ScaleUp);
            return opposite && Duration.between(at, later).compareTo(REVERSED_WITHIN) < 0;
        }
    }
}
