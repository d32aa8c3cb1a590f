package io.tidegate.contracts.target;

/** A record of tidegate.targets. A null body with a target's type is its tombstone. */
public sealed interface TargetMessage permits Target, TargetTombstone, Heartbeat {

    /** The record key. */
    String key();
}
