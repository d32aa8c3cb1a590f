package io.tidegate.collector.sender;

/**
 * A pod that proved which one it is.
 *
 * @param namespace its namespace
 * @param pod its name
 * @param uid its uid, which tells it from others that had or will have its name
 */
public record Sender(String namespace, String pod, String uid) {}
