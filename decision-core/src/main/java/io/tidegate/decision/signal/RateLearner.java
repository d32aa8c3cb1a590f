package io.tidegate.decision.signal;

/**
 * Learns what one replica can process, from stretches in which all replicas were busy: records waited all the time, the
 * number of replicas stood still, and both ends are commits. The same idea as flink-autoscaler's rate observed while
 * catching up; Kafka consumers report no busy time to compare it with.
 */
final class RateLearner {
    /** Commits come at 0.2 s to 5 s; over 5 s one of them at the edge blurs the rate by a tenth at 0.5 s. */
    private static final double LONGEST_SECONDS = 5;
    /** Of several replicas each commits in its own time, so that two commits of the group say little. */
    private static final double SHORTEST_SECONDS_OF_MANY = 1;

    private static final double SHORTEST_INTERVALS = 0.75;
    /** What is fetched, but not processed, waits besides what is processed, but not committed. */
    private static final double FETCHED_SECONDS = 0.5;
    /** Until a commit interval is known: that of most clients with their own commits, a tenth of Kafka's default. */
    private static final double USUAL_INTERVAL_SECONDS = 0.5;
    /** After a change of the group its members pause and refill their buffers. */
    private static final long SETTLE_MS = 1_000;
    /** A group that has not committed for so long starts rather than changes: its first commit is work already. */
    private static final long ASLEEP_MS = 10_000;
    /** Commits that stay away for three intervals and a bit are a rebalance, not a rate. */
    private static final double PAUSED_INTERVALS = 3;

    private static final double PAUSED_SECONDS = 0.5;
    /** New replicas may be ready, yet have no partition; a much lower rate is not believed for so long. */
    private static final long SUSPECT_MS = 15_000;

    private static final double SUSPECT_SHARE = 0.7;

    private RateLearner() {}

    /**
     * Takes in one sample.
     *
     * @param before the group's commits without the sample
     * @param after the group's commits with it
     */
    static RateMemory update(RateMemory memory, CommitMemory before, CommitMemory after, Sighting sighting) {
        BusyRun run = memory.run();
        boolean moved = after.movedAt() == sighting.at();
        if (run.replicas() > 0 && broken(run, before, after, sighting)) {
            memory = close(memory, before, sighting);
            run = BusyRun.NONE;
        }
        if (run.replicas() == 0) {
            return moved && settled(before, sighting) ? begin(memory, after, sighting) : memory;
        }
        BusyRun longer =
                new BusyRun(run.replicas(), run.from(), run.consumed(), Math.min(run.leastLag(), sighting.waiting()));
        if (!moved) {
            return longer.leastLag() == 0
                    ? close(memory, before, sighting)
                    : new RateMemory(longer, memory.intervals(), memory.rate(), memory.confidence());
        }
        double seconds = (sighting.at() - run.from()) / 1_000.0;
        double groupRate = (after.consumed() - run.consumed()) / seconds;
        if (longer.leastLag() <= groupRate * (intervalSeconds(after) + FETCHED_SECONDS)) {
            return begin(close(memory, before, sighting), after, sighting);
        }
        if (seconds >= LONGEST_SECONDS) {
            RateInterval interval = new RateInterval(groupRate / run.replicas(), seconds);
            return begin(
                    credible(memory, interval, sighting) ? RateEstimate.add(memory, interval) : memory,
                    after,
                    sighting);
        }
        RateMemory extended = new RateMemory(longer, memory.intervals(), memory.rate(), memory.confidence());
        RateInterval sofar = new RateInterval(groupRate / run.replicas(), seconds);
        return longEnough(run, seconds, after) && credible(memory, sofar, sighting)
                ? RateEstimate.preview(extended, sofar)
                : extended;
    }

    private static boolean broken(BusyRun run, CommitMemory before, CommitMemory after, Sighting sighting) {
        double silence = (sighting.at() - before.movedAt()) / 1_000.0;
        return run.replicas() != sighting.replicas()
                || before.partitions() != after.partitions()
                || after.consumed() < before.consumed()
                || silence > PAUSED_INTERVALS * intervalSeconds(before) + PAUSED_SECONDS;
    }

    private static boolean settled(CommitMemory before, Sighting sighting) {
        boolean asleep = before.movedAt() < 0 || sighting.at() - before.movedAt() > ASLEEP_MS;
        return asleep || sighting.at() - sighting.changedAt() >= SETTLE_MS;
    }

    private static RateMemory begin(RateMemory memory, CommitMemory after, Sighting sighting) {
        long waiting = sighting.waiting();
        if (sighting.replicas() == 0 || waiting == 0) {
            return memory;
        }
        BusyRun run = new BusyRun(sighting.replicas(), sighting.at(), after.consumed(), waiting);
        return new RateMemory(run, memory.intervals(), memory.rate(), memory.confidence());
    }

    /** Ends the stretch under way at the commit before this sample. */
    private static RateMemory close(RateMemory memory, CommitMemory before, Sighting sighting) {
        BusyRun run = memory.run();
        double seconds = (before.movedAt() - run.from()) / 1_000.0;
        RateMemory closed = new RateMemory(BusyRun.NONE, memory.intervals(), memory.rate(), memory.confidence());
        if (seconds <= 0 || !longEnough(run, seconds, before)) {
            return closed;
        }
        RateInterval interval =
                new RateInterval((before.consumed() - run.consumed()) / seconds / run.replicas(), seconds);
        return credible(memory, interval, sighting) ? RateEstimate.add(closed, interval) : closed;
    }

    private static boolean longEnough(BusyRun run, double seconds, CommitMemory commits) {
        double shortest = SHORTEST_INTERVALS * intervalSeconds(commits);
        return seconds >= (run.replicas() == 1 ? shortest : Math.max(SHORTEST_SECONDS_OF_MANY, 2 * shortest));
    }

    private static boolean credible(RateMemory memory, RateInterval interval, Sighting sighting) {
        return sighting.at() - sighting.changedAt() > SUSPECT_MS || interval.rate() >= SUSPECT_SHARE * memory.rate();
    }

    private static double intervalSeconds(CommitMemory commits) {
        return commits.intervalMillis() < 0 ? USUAL_INTERVAL_SECONDS : commits.intervalMillis() / 1_000;
    }
}
