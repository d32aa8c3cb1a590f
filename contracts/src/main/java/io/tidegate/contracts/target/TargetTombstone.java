package io.tidegate.contracts.target;

/**
 * Nothing is to be held for this key any more. On the wire: the key and a null body.
 *
 * @param key id of the workload or policy
 */
public record TargetTombstone(String key) implements TargetMessage {}
