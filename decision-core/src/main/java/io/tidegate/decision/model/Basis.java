package io.tidegate.decision.model;

import java.time.Duration;
import java.util.Objects;

/** The numbers that a recommendation rests on. */
public sealed interface Basis {
    /**
     * Lag against a threshold per replica.
     *
     * @param lag records
     * @param threshold records per replica
     * @param cap partitions that bound the size, or 0 if none did
     * @param complete whether all partitions were known; if not, {@code lag} is a lower bound
     */
    record LagPerReplica(long lag, long threshold, int cap, boolean complete) implements Basis {}

    /**
     * Arrivals and backlog against the rate of a replica.
     *
     * @param arrivalRate records/s
     * @param lag records
     * @param waited estimated age of the oldest waiting record
     * @param rate records/s of one replica
     * @param learned whether the rate was measured, else it was configured
     * @param kept wait that the size is to keep, within the objective
     * @param cap partitions that bound the size, or 0 if none did
     */
    record RateForObjective(
            double arrivalRate, long lag, Duration waited, double rate, boolean learned, Duration kept, int cap)
            implements Basis {
        public RateForObjective {
            Objects.requireNonNull(waited, "waited");
            Objects.requireNonNull(kept, "kept");
        }
    }

    /**
     * No replica has been measured yet.
     *
     * @param arrivalRate records/s
     * @param lag records
     */
    record RateUnknown(double arrivalRate, long lag) implements Basis {}
}
