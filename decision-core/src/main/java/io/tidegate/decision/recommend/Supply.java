package io.tidegate.decision.recommend;

/** Task slots over time, from the moment of the decision on: each entry holds from its time to the next one's. */
final class Supply {
    /** From one to ten million in doublings, and what runs and starts before. */
    private static final int MOST = 27;
    /** spark.dynamicAllocation.schedulerBacklogTimeout and its sustained form: 1 s each. */
    private static final double BACKLOG_MS = 1_000;

    /** Ms from the decision, ascending, the first 0. */
    private final double[] from;
    /** Tasks at a time, never fewer than before. */
    private final double[] slots;

    private final int entries;

    private Supply(double[] from, double[] slots, int entries) {
        this.from = from;
        this.slots = slots;
        this.entries = entries;
    }

    /** {@code size} executors: those that run, those that start, and others if they were asked for at once. */
    static Supply of(Fleet fleet, int size) {
        double[] from = new double[3];
        double[] slots = new double[3];
        slots[0] = fleet.slots(Math.min(fleet.running(), size));
        int entries = 1;
        int starting = Math.min(fleet.asked(), size);
        if (starting > fleet.running()) {
            from[entries] = fleet.untilAsked();
            slots[entries++] = fleet.slots(starting);
        }
        if (size > Math.max(fleet.running(), fleet.asked())) {
            from[entries] = fleet.untilNew();
            slots[entries++] = fleet.slots(size);
        }
        return new Supply(from, slots, entries);
    }

    /**
     * What Spark's dynamic allocation would do with those that run: one more after a second, then double as many each
     * second. It is taken to have begun when those were asked for that start, so that a choice does not change while it waits.
     */
    static Supply doubling(Fleet fleet, int most) {
        double[] from = new double[MOST];
        double[] slots = new double[MOST];
        slots[0] = fleet.slots(fleet.running());
        int entries = 1;
        long size = fleet.running();
        double soonest = fleet.asked() > fleet.running() ? fleet.untilAsked() : fleet.start();
        long more = 1;
        for (int second = 1; size < most && entries < MOST; second++) {
            size = Math.min(most, size + more);
            more *= 2;
            from[entries] = soonest + second * BACKLOG_MS;
            slots[entries++] = fleet.slots((int) size);
        }
        return new Supply(from, slots, entries);
    }

    int entries() {
        return entries;
    }

    double slots(int entry) {
        return slots[entry];
    }

    /** The entry that holds at {@code time}. */
    int at(double time) {
        int entry = 0;
        while (entry + 1 < entries && from[entry + 1] <= time) {
            entry++;
        }
        return entry;
    }

    /** When an entry gives way to the next one. */
    double until(int entry) {
        return entry + 1 < entries ? from[entry + 1] : Double.POSITIVE_INFINITY;
    }
}
