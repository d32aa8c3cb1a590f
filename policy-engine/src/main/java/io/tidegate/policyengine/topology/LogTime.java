package io.tidegate.policyengine.topology;

import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.EngineStore.LogClock;
import org.jspecify.annotations.Nullable;

/**
 * The log's time: the greatest append time up to a fact. Append times rise, but for a broker whose clock is behind the last
 * one's; only then the time is kept in the store, so that it costs nothing and is the same on replay.
 */
final class LogTime {

    private final EngineStore store;
    private @Nullable LogClock kept;
    private long now;

    LogTime(EngineStore store) {
        this.store = store;
        this.kept = store.clock().orElse(null);
    }

    /** The log's time at a fact, in milliseconds. */
    long at(long offset, long appended) {
        if (kept != null && offset >= kept.offset()) {
            now = Math.max(now, kept.logTime());
        }
        if (appended < now) {
            if (kept == null || kept.logTime() < now) {
                kept = new LogClock(offset, now);
                store.put(kept);
            }
        } else {
            now = appended;
        }
        return now;
    }
}
