package io.tidegate.decision.recommend;

import io.tidegate.decision.model.TargetState;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.CrewMeter;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Totals;
import java.time.Duration;
import java.time.Instant;

/**
 * What lies ahead of a consumer group whose replicas' rate is known. Seconds, records and records a second.
 *
 * @param arrival records/s that arrive
 * @param backlog records that wait, counted as if all partitions were as far behind as the late ones
 * @param rate records/s of one replica
 * @param start seconds from asking for a replica to its readiness
 * @param untilAsked seconds until those already asked for are ready
 * @param ready records/s of the replicas that are ready
 * @param asked records/s of the replicas that are asked for
 * @param catchUp seconds left for catching up once new replicas are ready
 * @param objective seconds that a record may wait for being processed
 */
record Outlook(
        double arrival,
        double backlog,
        double rate,
        int partitions,
        double start,
        double untilAsked,
        double ready,
        double asked,
        double catchUp,
        double objective) {
    /** Until a commit interval is known: that of most clients with their own commits, a tenth of Kafka's default. */
    private static final Duration USUAL_COMMIT = Duration.ofMillis(500);

    /**
     * Records of the partition that is farthest behind wait longest, and a percentile of 99 counts them. But a topic with
     * one hot partition, which no replica can help, must not multiply its size for that.
     */
    private static final double WEIGHT_OF_LATEST = 0.25;

    private static final double MOST_LATE = 2;

    static Outlook of(
            LagObservation seen,
            Totals totals,
            double rate,
            Objective.Latency objective,
            CrewMemory crew,
            TargetState.Known target,
            Instant now) {
        double start = seconds(CrewMeter.startTime(crew, target));
        double latency = seconds(objective.maxLatency());
        // Consumers that commit less often than that miss the objective at any size.
        double commit = Math.min(latency / 2, seconds(seen.commitInterval().orElse(USUAL_COMMIT)));
        double catchUp = Math.max(1, latency - start - commit);
        double waitedForAsked = crew.askedAt() < 0 ? start : (now.toEpochMilli() - crew.askedAt()) / 1_000.0;
        int replicas = target.replicas();
        return new Outlook(
                seen.arrivalRate().orElse(0),
                lateness(totals),
                rate,
                totals.partitions(),
                start,
                Math.max(0, start - waitedForAsked),
                usable(Math.min(target.pods().ready(), replicas), totals.partitions()) * rate,
                usable(replicas, totals.partitions()) * rate,
                catchUp,
                Math.max(catchUp, latency - commit));
    }

    private static double lateness(Totals totals) {
        double even = totals.lag();
        double latest = (double) totals.partitions() * totals.most();
        return Math.min(MOST_LATE * even, even + WEIGHT_OF_LATEST * (latest - even));
    }

    /** Records that will wait when replicas that are asked for at this moment are ready. */
    double backlogWhenReady() {
        double whenAsked = Math.max(0, backlog + (arrival - ready) * untilAsked);
        return Math.max(0, whenAsked + (arrival - asked) * (start - untilAsked));
    }

    /** Smallest number of replicas that can keep up with {@code needed} records/s; all partitions' if none can. */
    int replicasFor(double needed, boolean allowIdleConsumers) {
        if (needed <= 0) {
            return 1;
        }
        // The tiny addend keeps 24 x 200 / 1200 from falling below 4 by rounding.
        double perConsumer = Math.floor(partitions * rate / needed + 1e-9);
        if (perConsumer >= 1) {
            return (int) Math.ceil(partitions / perConsumer);
        }
        return allowIdleConsumers ? (int) Math.min(Integer.MAX_VALUE, Math.ceil(needed / rate)) : partitions;
    }

    /**
     * Partitions are shared whole, so the consumer with the most of them sets the pace: with 24 partitions, 9 replicas can
     * use no more than 8 can.
     */
    private static double usable(int replicas, int partitions) {
        return replicas == 0 ? 0 : (double) partitions / Math.ceilDiv(partitions, replicas);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
