package io.tidegate.autoscaler.report;

import io.tidegate.autoscaler.act.TokenBucket;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.autoscaler.metrics.Meters.Written;
import io.tidegate.autoscaler.time.MonotonicClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Creates Kubernetes Events behind the work, one at a time and few enough to be read. */
public final class EventDesk {

    private static final Logger LOG = Logger.getLogger(EventDesk.class);

    /** Events that wait; more are dropped, so that a slow API server holds nothing up. */
    private static final int WAITING = 1000;

    /** As the status: a burst of scale writes must not have to share the API server with as many Events. */
    private static final int PER_SECOND = 20;

    private final EventApi api;
    private final EventLimits limits;
    private final TokenBucket budget;
    private final Meters meters;
    private final MonotonicClock clock;
    private final InstantSource wall;
    private final BlockingQueue<Told> waiting = new LinkedBlockingQueue<>(WAITING);
    private @Nullable Thread thread;

    public EventDesk(EventApi api, Meters meters, MonotonicClock clock, InstantSource wall) {
        this.api = api;
        this.meters = meters;
        this.clock = clock;
        this.wall = wall;
        this.limits = new EventLimits(wall.instant());
        this.budget = new TokenBucket(PER_SECOND, 1, clock.nanos());
    }

    /** Begins to create Events. */
    public void start() {
        Thread writer = Thread.ofPlatform().daemon().name("autoscaler-events").unstarted(this::run);
        thread = writer;
        writer.start();
    }

    /** Stops. */
    public void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Tells an event, unless it has been told too often. */
    void tell(PolicyEvent event) {
        EventLimits.Verdict verdict;
        synchronized (limits) {
            verdict = limits.judge(event, clock.nanos());
        }
        if (verdict instanceof EventLimits.Verdict.Drop || !waiting.offer(new Told(verdict, event, wall.instant()))) {
            meters.event(Written.DROPPED);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Told told = waiting.take();
                TimeUnit.NANOSECONDS.sleep(budget.untilNext(clock.nanos()).toNanos());
                budget.take(clock.nanos());
                meters.event(sent(told) ? Written.DONE : Written.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A defect costs one Event, not those after it. */
    private boolean sent(Told told) {
        try {
            return send(told);
        } catch (RuntimeException e) {
            LOG.errorf(e, "An Event could not be made: policy=%s", told.event().policy());
            return false;
        }
    }

    private boolean send(Told told) {
        return switch (told.verdict()) {
            case EventLimits.Verdict.Create create -> api.create(create.name(), told.event(), told.at());
            case EventLimits.Verdict.Repeat repeat ->
                api.repeat(repeat.name(), told.event(), repeat.count(), told.at());
            case EventLimits.Verdict.Drop drop -> true;
        };
    }

    private record Told(EventLimits.Verdict verdict, PolicyEvent event, Instant at) {}
}
