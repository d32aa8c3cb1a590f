package io.tidegate.autoscaler.act;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Limits on writes a second, of the cluster as a whole and of each namespace. */
public final class WriteLimits {

    /** Buckets above this number are looked through for those that nobody uses. */
    private static final int SWEEP_ABOVE = 1000;

    private final Rate perNamespace;
    private final TokenBucket cluster;
    private final Map<String, TokenBucket> namespaces = new HashMap<>();

    public WriteLimits(Rate cluster, Rate perNamespace, long now) {
        this.cluster = new TokenBucket(cluster.perSecond(), cluster.burst(), now);
        this.perNamespace = perNamespace;
    }

    /** Takes leave for one write: zero, or how long to wait before asking again. */
    public synchronized Duration take(String namespace, long now) {
        if (namespaces.size() > SWEEP_ABOVE) {
            namespaces.values().removeIf(bucket -> bucket.full(now));
        }
        TokenBucket own = namespaces.computeIfAbsent(
                namespace, name -> new TokenBucket(perNamespace.perSecond(), perNamespace.burst(), now));
        Duration wait = longer(cluster.untilNext(now), own.untilNext(now));
        if (wait.isZero()) {
            cluster.take(now);
            own.take(now);
        }
        return wait;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * A rate with bursts.
     *
     * @param perSecond writes a second
     * @param burst writes at once
     */
    public record Rate(double perSecond, int burst) {
        public Rate {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException("a rate needs perSecond > 0 and burst >= 1");
            }
        }
    }
}
