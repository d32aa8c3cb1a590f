package io.tidegate.policyengine.topology;

import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.decide.DecisionFunction;
import io.tidegate.policyengine.trace.Spans;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the topology is built with.
 *
 * @param decide decision-core
 * @param metrics the engine's metrics
 * @param wallClock only tells how far the engine is behind the log
 * @param catchUpAfter how far it may be behind before it tells only last targets
 * @param partitions partitions of every topic
 * @param identity under which names it tells
 * @param spans where spans of what it tells go
 */
public record EngineParts(
        DecisionFunction decide,
        EngineMetrics metrics,
        InstantSource wallClock,
        Duration catchUpAfter,
        int partitions,
        EngineIdentity identity,
        Spans spans) {}
