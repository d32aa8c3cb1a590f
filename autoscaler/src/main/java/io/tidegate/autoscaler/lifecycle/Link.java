package io.tidegate.autoscaler.lifecycle;

import io.tidegate.autoscaler.time.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether something that is needed is there; says so when it goes and comes, and every half minute while it is away. */
final class Link {

    private static final Logger LOG = Logger.getLogger(Link.class);
    private static final Duration REMIND_AFTER = Duration.ofSeconds(30);

    private final String name;
    private final MonotonicClock clock;
    private @Nullable String problem = "not asked yet";
    private boolean complained;
    private long complainedAt;

    Link(String name, MonotonicClock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** What is wrong; empty if it is there. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Notes that it is there; true if it was not before. */
    synchronized boolean there() {
        if (complained) {
            LOG.infof("%s is there again", name);
        }
        boolean back = problem != null;
        complained = false;
        problem = null;
        return back;
    }

    synchronized void away(String why) {
        problem = why;
        long now = clock.nanos();
        if (!complained || now - complainedAt >= REMIND_AFTER.toNanos()) {
            LOG.warnf("%s is not there, waiting for it: reason=%s", name, why);
            complained = true;
            complainedAt = now;
        }
    }
}
