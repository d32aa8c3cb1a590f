package io.tidegate.decision.simulation.spark;

/** Says how many executors there should be. */
interface Sizer {
    /** Called at each step; the cluster is asked for what it needs to know. */
    void step(Cluster cluster, long now);

    /** Executors asked for. */
    int target();

    /** Whether executors beyond the target are drained; if not, only those that have not registered are taken back. */
    boolean drains();

    /** How long an executor may be idle before it goes by itself; {@link Long#MAX_VALUE} if it never does. */
    long idleTimeoutMillis();
}
