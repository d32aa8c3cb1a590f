package io.tidegate.autoscaler.lifecycle;

import io.tidegate.autoscaler.act.Actor;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.autoscaler.time.StallDetector;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ticks: notes that the process runs, and once a second has the actor look for silent partitions. */
@Singleton
class SilenceWatch {

    private static final Logger LOG = Logger.getLogger(SilenceWatch.class);

    /** A stall is told from a gap of half the session time-out, 3 s by default; a few ticks within that are enough. */
    private static final Duration TICK = Duration.ofMillis(500);

    private final Actor actor;
    private final StallDetector stalls;
    private final MonotonicClock clock;

    SilenceWatch(Actor actor, StallDetector stalls, MonotonicClock clock) {
        this.actor = actor;
        this.stalls = stalls;
        this.clock = clock;
    }

    /** Runs until interrupted. */
    void run() {
        try {
            for (long ticks = 0; !Thread.currentThread().isInterrupted(); ticks++) {
                stalls.tick(clock.nanos());
                if (ticks % 2 == 0) {
                    look();
                }
                TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            actor.watchSilence();
        } catch (RuntimeException e) {
            LOG.error("The look for silent partitions failed; it is repeated", e);
        }
    }
}
