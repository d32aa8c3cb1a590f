/** Starts the engine when its Kafka is there, stops it with the service, and tells its health. What the engine does lives in the topology. */
@NullMarked
package io.tidegate.policyengine.lifecycle;

import org.jspecify.annotations.NullMarked;
