package io.tidegate.decision.model;

/**
 * What one busy replica has been seen to process.
 *
 * @param recordsPerSecondPerReplica the true processing rate of one replica
 * @param confidence 0 (a guess) to 1
 * @param samples number of intervals that it rests on
 */
public record LearnedRate(double recordsPerSecondPerReplica, double confidence, int samples) {
    public LearnedRate {
        if (!(recordsPerSecondPerReplica > 0 && Double.isFinite(recordsPerSecondPerReplica))
                || !(confidence >= 0 && confidence <= 1)
                || samples < 0) {
            throw new IllegalArgumentException("not a rate: " + recordsPerSecondPerReplica + ", " + confidence);
        }
    }
}
