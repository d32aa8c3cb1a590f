package io.tidegate.decision.signal;

/**
 * An offset at a time.
 *
 * @param at ms since the epoch; a number, since the hot state of a workload must stay within 1 KiB
 * @param offset records
 */
public record Mark(long at, long offset) {}
