package io.tidegate.decision.signal;

import io.tidegate.decision.model.TargetState;
import java.time.Duration;
import java.time.Instant;

/** Follows the size of a target, and learns how long a replica takes to start. */
public final class CrewMeter {
    /** Nodes that have to be bought come within minutes; a start that takes longer is an outage, not a start time. */
    private static final long LONGEST_START_MS = 600_000;
    /** What a start is taken for before one was seen: a JVM with its image at hand. */
    static final Duration USUAL_START = Duration.ofSeconds(5);

    /** No container starts and joins a group sooner. */
    private static final long SOONEST_START_MS = 1_500;
    /** A replica that has not become ready in so long is not about to. */
    private static final long LOST_MS = 30_000;

    private CrewMeter() {}

    /** Takes in what is observed of {@code target}. */
    public static CrewMemory update(CrewMemory memory, TargetState.Known target, Instant now) {
        long at = now.toEpochMilli();
        int asked = target.replicas();
        int ready = target.pods().ready();
        boolean firstSight = memory.asked() < 0;
        long askedAt = memory.askedAt();
        long lastAskedAt = memory.lastAskedAt();
        if (!firstSight && asked > memory.asked()) {
            askedAt = askedAt < 0 ? at : askedAt;
            lastAskedAt = at;
        } else if (asked < memory.asked()) {
            askedAt = ready < asked ? askedAt : -1;
            lastAskedAt = -1;
        }
        long start = memory.startMillis();
        if (askedAt >= 0 && ready >= asked) {
            // Between two asks, or after some were taken back, it is not known which pod belongs to which.
            start = askedAt == lastAskedAt ? learn(start, Math.min(LONGEST_START_MS, at - askedAt)) : start;
            askedAt = -1;
            lastAskedAt = -1;
        }
        long readyAt = firstSight || ready == memory.ready() ? memory.readyAt() : at;
        if (asked == memory.asked()
                && askedAt == memory.askedAt()
                && lastAskedAt == memory.lastAskedAt()
                && readyAt == memory.readyAt()
                && start == memory.startMillis()) {
            return memory;
        }
        return new CrewMemory(asked, askedAt, lastAskedAt, ready, readyAt, start);
    }

    /** A slower start counts at once, a faster one by half: being late costs more than being early. */
    private static long learn(long known, long seen) {
        return known < 0 || seen > known ? seen : (known + seen) / 2;
    }

    /** Replicas that process records, 0 while some start or stop and that number is not certain. */
    static int working(CrewMemory memory, TargetState.Known target, Instant now) {
        int ready = target.pods().ready();
        if (ready == target.replicas()) {
            return target.pods().terminating() == 0 ? ready : 0;
        }
        if (ready > target.replicas() || memory.askedAt() < 0) {
            return 0;
        }
        long starting = now.toEpochMilli() - memory.askedAt();
        return starting < SOONEST_START_MS || starting > LOST_MS ? ready : 0;
    }

    /** How long a replica takes from being asked for to ready: as learned, else as the last pod did, else 5 s. */
    public static Duration startTime(CrewMemory memory, TargetState.Known target) {
        if (memory.startMillis() >= 0) {
            return Duration.ofMillis(memory.startMillis());
        }
        return target.lastStart().orElse(USUAL_START);
    }
}
