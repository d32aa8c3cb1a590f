package io.tidegate.contracts.wire;

/**
 * A record that was read.
 *
 * @param envelope its context attributes
 * @param body what it says
 */
public record Event<T>(Envelope envelope, T body) {}
