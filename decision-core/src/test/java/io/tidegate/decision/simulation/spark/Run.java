package io.tidegate.decision.simulation.spark;

/**
 * What came of running a plan.
 *
 * @param seconds until its last job was over
 * @param executorSeconds executors times seconds, from the moment that they were asked for
 */
record Run(double seconds, double executorSeconds) {
    private static final long LONG_WORK_MS = 1_000_000;
    private static final long LONGEST_MS = 100_000_000;

    static Run of(Plan plan, int slots, double startSeconds, Sizer sizer) {
        return of(plan, slots, startSeconds, sizer, false);
    }

    /** @param holding whether executors stay whose shuffle is needed, and while they start, as Spark has it */
    static Run of(Plan plan, int slots, double startSeconds, Sizer sizer, boolean holding) {
        Cluster cluster = new Cluster(plan, slots, Math.round(startSeconds * 1_000), sizer.target(), holding);
        // Long tasks need no fine steps; all are divisors of what the driver and Spark's rules are timed by.
        long step = plan.workMillis() > LONG_WORK_MS ? 50 : 25;
        long now = 0;
        while (cluster.advance(now, step, sizer)) {
            sizer.step(cluster, now);
            now += step;
            if (now > LONGEST_MS) {
                throw new IllegalStateException(plan.name() + " does not end");
            }
        }
        return new Run(now / 1e3, cluster.executorSeconds());
    }
}
