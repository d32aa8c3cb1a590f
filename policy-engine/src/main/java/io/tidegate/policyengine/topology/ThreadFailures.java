package io.tidegate.policyengine.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** Replaces a thread that died, unless they keep dying: then the engine stops, and says so by its liveness. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ThreadFailures.class);
    private static final int MOST = 10;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Deque<Long> failures = new ArrayDeque<>();

    ThreadFailures(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = clock.millis();
        failures.addLast(now);
        while (!failures.isEmpty() && failures.getFirst() < now - WITHIN.toMillis()) {
            failures.removeFirst();
        }
        if (failures.size() > MOST) {
            LOG.errorf(failure, "engine stops: its threads failed %d times in %s", failures.size(), WITHIN);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.errorf(failure, "a thread of the engine failed and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
