package io.tidegate.decision.signal;

/**
 * A partition whose commits stand still.
 *
 * @param index its place in the sample
 * @param consumed the offset that they stand at
 * @param since when they were first seen there, in ms since the epoch
 */
public record StandingPartition(int index, long consumed, long since) {}
