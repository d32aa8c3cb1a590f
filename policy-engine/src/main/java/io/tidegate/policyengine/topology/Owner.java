package io.tidegate.policyengine.topology;

import io.tidegate.policyengine.state.StoredState;

/** Who can answer for a workload. */
public sealed interface Owner {

    /** This instance. */
    record Here(StoredState state) implements Owner {}

    /** Another instance. */
    record Elsewhere(EngineAddress address) implements Owner {}

    /** Nobody at the moment; {@code reason} says why. */
    record Nobody(String reason) implements Owner {}
}
