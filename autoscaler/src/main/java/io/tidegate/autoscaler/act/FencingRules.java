package io.tidegate.autoscaler.act;

import java.time.Duration;

/**
 * Times that fence writes.
 *
 * @param sessionTimeout after this time without a sign of life another instance may own our partitions
 * @param shrinkMargin added to the session time-out before a new owner shrinks
 * @param heartbeatExpiry age of a partition's last heartbeat at which its targets are expired
 */
public record FencingRules(Duration sessionTimeout, Duration shrinkMargin, Duration heartbeatExpiry) {

    Duration shrinkAfter() {
        return sessionTimeout.plus(shrinkMargin);
    }

    Duration heardLimit() {
        return sessionTimeout.dividedBy(2);
    }
}
