package io.tidegate.spark;

import io.tidegate.spark.ledger.IdleExecutor;
import io.tidegate.spark.ledger.StageLedger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets executors go that nobody bounds and Spark does not want. Dynamic allocation would do so by itself, had the plugin not made its idle
 * time-out so long that the floor holds.
 */
final class IdleRelease {
    private static final Logger LOG = LoggerFactory.getLogger(IdleRelease.class);
    private static final Duration LOOK_EACH = Duration.ofSeconds(1);

    /** Looking at all map outputs takes this part of the time at most. */
    private static final int LOOK_SHARE = 20;

    private final DriverSession session;
    private final Executors executors;
    private final Loads loads;
    private long lookAt = System.nanoTime();

    IdleRelease(DriverSession session, Executors executors, Loads loads) {
        this.session = session;
        this.executors = executors;
        this.loads = loads;
    }

    void run(long now) {
        if (now - lookAt < 0 || session.settings().idle().isEmpty()) {
            return;
        }
        IdleTimeouts timeouts = session.settings().idle().get();
        Map<Integer, List<IdleExecutor>> idle = session.stages().idle().stream()
                .filter(executor ->
                        executor.idleMillis() >= timeouts.idle().toMillis() && unbounded(executor.profile()))
                .collect(Collectors.groupingBy(IdleExecutor::profile));
        if (!idle.isEmpty()) {
            Loads.Keeping keeping = loads.keeping();
            idle.forEach((profile, candidates) -> release(profile, candidates, timeouts, keeping));
        }
        lookAt = now + Math.max(LOOK_EACH.toNanos(), LOOK_SHARE * (System.nanoTime() - now));
    }

    private boolean unbounded(int profile) {
        return profile != StageLedger.DEFAULT_PROFILE || session.clamp().limit().isEmpty();
    }

    private void release(int profile, List<IdleExecutor> candidates, IdleTimeouts timeouts, Loads.Keeping keeping) {
        OptionalInt wanted = session.wanted(profile);
        Set<String> active = executors.active(profile);
        int excess = active.size() - wanted.orElse(Integer.MAX_VALUE);
        if (excess <= 0) {
            return;
        }
        List<String> leaving = candidates.stream()
                .filter(executor -> active.contains(executor.id())
                        && !keeping.needed().contains(executor.id())
                        && executor.idleMillis()
                                >= timeouts.patience(
                                                keeping.cached().contains(executor.id()),
                                                keeping.shuffle().contains(executor.id()))
                                        .toMillis())
                .map(IdleExecutor::id)
                .limit(excess)
                .toList();
        int left = leaving.isEmpty() ? 0 : executors.letGo(leaving, Executors.IDLE);
        if (left > 0) {
            LOG.info("Tidegate lets {} executors go that were idle", left);
        }
    }
}
