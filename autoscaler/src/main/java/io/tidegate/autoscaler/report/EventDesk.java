package io.tidegate.autoscaler.report;

import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.autoscaler.metrics.Meters.Written;
import io.tidegate.autoscaler.time.MonotonicClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Creates Kubernetes Events beside the work, few enough to be read. */
public final class EventDesk {

    /** Events on their way at once; more are dropped, so that a slow API server holds nothing up. */
    private static final int IN_FLIGHT = 32;

    private final EventApi api;
    private final EventLimits limits;
    private final Meters meters;
    private final MonotonicClock clock;
    private final InstantSource wall;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT);

    public EventDesk(EventApi api, Meters meters, MonotonicClock clock, InstantSource wall) {
        this.api = api;
        this.meters = meters;
        this.clock = clock;
        this.wall = wall;
        this.limits = new EventLimits(wall.instant());
    }

    /** Tells an event, unless it has been told too often. */
    void tell(PolicyEvent event) {
        EventLimits.Verdict verdict;
        synchronized (limits) {
            verdict = limits.judge(event, clock.nanos());
        }
        if (verdict instanceof EventLimits.Verdict.Drop || !inFlight.tryAcquire()) {
            meters.event(Written.DROPPED);
            return;
        }
        Instant at = wall.instant();
        Thread.ofVirtual().name("autoscaler-event").start(() -> {
            try {
                meters.event(send(verdict, event, at) ? Written.DONE : Written.FAILED);
            } finally {
                inFlight.release();
            }
        });
    }

    private boolean send(EventLimits.Verdict verdict, PolicyEvent event, Instant at) {
        return switch (verdict) {
            case EventLimits.Verdict.Create create -> api.create(create.name(), event, at);
            case EventLimits.Verdict.Repeat repeat -> api.repeat(repeat.name(), event, repeat.count(), at);
            case EventLimits.Verdict.Drop drop -> true;
        };
    }
}
