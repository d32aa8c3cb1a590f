package io.tidegate.policyengine.lifecycle;

import io.tidegate.policyengine.topology.EngineStreams;

/** How far the start is. */
public sealed interface Phase {

    /** Something is not there yet; {@code reason} says what. */
    record Waiting(String reason) implements Phase {}

    /** The topology was started. */
    record Started(EngineStreams streams, KafkaProbe kafka) implements Phase {}

    /** It can't go on; {@code reason} says why. */
    record Failed(String reason) implements Phase {}
}
