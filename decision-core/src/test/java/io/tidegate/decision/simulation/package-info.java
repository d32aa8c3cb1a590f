/**
 * A consumer group, its topic and its pods in simulated time, run in a closed loop with the decision engine. Fully
 * deterministic; it knows nothing of how the engine decides.
 */
@NullMarked
package io.tidegate.decision.simulation;

import org.jspecify.annotations.NullMarked;
