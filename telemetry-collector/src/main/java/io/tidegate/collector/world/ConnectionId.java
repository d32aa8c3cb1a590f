package io.tidegate.collector.world;

/**
 * Names a Connection.
 *
 * @param namespace its namespace
 * @param name its name
 */
public record ConnectionId(String namespace, String name) {}
