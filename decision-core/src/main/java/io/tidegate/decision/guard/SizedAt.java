package io.tidegate.decision.guard;

/**
 * A size, or a change of size, at a time.
 *
 * @param at ms since the epoch
 * @param replicas a recommended size, or a change: above 0 for added replicas, below 0 for removed ones
 */
public record SizedAt(long at, int replicas) {}
