package io.tidegate.decision.signal;

/**
 * A stretch of time in which all replicas were busy.
 *
 * @param rate records/s of one replica
 * @param seconds how long it lasted
 */
public record RateInterval(double rate, double seconds) {}
