package io.tidegate.decision.simulation.spark;

/**
 * Spark's own rules (4.1, org.apache.spark.ExecutorAllocationManager): after 1 s of backlog one executor, then in each
 * further second of it twice as many as before, never more than there are tasks for; an idle one goes after a time.
 */
final class DynamicAllocation implements Sizer {
    private static final long BACKLOG_MS = 1_000;
    private static final long PERIOD_MS = 100;

    private final int min;
    private final int max;
    private final long idleTimeout;
    private int target;
    private int toAdd = 1;
    private long addAt = -1;

    DynamicAllocation(int min, int max, long idleTimeout) {
        this.min = min;
        this.max = max;
        this.idleTimeout = idleTimeout;
        this.target = min;
    }

    @Override
    public void step(Cluster cluster, long now) {
        if (cluster.pending() == 0) {
            addAt = -1;
            toAdd = 1;
        } else if (addAt < 0) {
            addAt = now + BACKLOG_MS;
        }
        if (now % PERIOD_MS != 0) {
            return;
        }
        int needed = Math.ceilDiv(cluster.pending() + cluster.runningTasks(), cluster.slots());
        if (needed < target) {
            target = Math.max(min, needed);
            toAdd = 1;
        } else if (addAt >= 0 && now >= addAt) {
            int before = target;
            target = Math.min(Math.min(needed, max), Math.max(target, cluster.registered()) + toAdd);
            target = Math.max(target, before);
            toAdd = target - before == toAdd ? 2 * toAdd : 1;
            addAt += BACKLOG_MS;
        }
    }

    @Override
    public int target() {
        return target;
    }

    @Override
    public boolean drains() {
        return false;
    }

    @Override
    public long idleTimeoutMillis() {
        return idleTimeout;
    }
}
