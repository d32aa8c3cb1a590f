package io.tidegate.decision.simulation;

import io.tidegate.decision.policy.Policy;

/**
 * What is simulated.
 *
 * @param rate records/s that one replica can process
 * @param startSeconds from asking for a replica to its readiness
 * @param pauseSeconds how long each rebalance stops all consumers
 * @param commitSeconds time between two commits of a consumer
 * @param noise share by which arrivals of a 100 ms slot vary, 0 to 1
 */
record Scenario(
        Load load,
        Policy policy,
        double rate,
        int partitions,
        double startSeconds,
        double pauseSeconds,
        double commitSeconds,
        double noise,
        long seed) {
    static Scenario of(Load load, Policy policy) {
        return new Scenario(load, policy, 200, 24, 2, 0.3, 0.5, 0, 1);
    }

    Scenario withRate(double other) {
        return new Scenario(load, policy, other, partitions, startSeconds, pauseSeconds, commitSeconds, noise, seed);
    }

    Scenario withPartitions(int other) {
        return new Scenario(load, policy, rate, other, startSeconds, pauseSeconds, commitSeconds, noise, seed);
    }

    Scenario withStart(double other) {
        return new Scenario(load, policy, rate, partitions, other, pauseSeconds, commitSeconds, noise, seed);
    }

    Scenario withPause(double other) {
        return new Scenario(load, policy, rate, partitions, startSeconds, other, commitSeconds, noise, seed);
    }

    Scenario withCommit(double other) {
        return new Scenario(load, policy, rate, partitions, startSeconds, pauseSeconds, other, noise, seed);
    }

    Scenario withNoise(double other, long otherSeed) {
        return new Scenario(
                load, policy, rate, partitions, startSeconds, pauseSeconds, commitSeconds, other, otherSeed);
    }

    String label() {
        return load.name() + ", rate " + rate + ", " + partitions + " partitions, start " + startSeconds + " s, pause "
                + pauseSeconds + " s, commit " + commitSeconds + " s, noise " + noise + ", seed " + seed;
    }
}
