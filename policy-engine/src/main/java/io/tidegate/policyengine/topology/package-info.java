/** The Kafka Streams topology: facts in, decisions and targets out, in the order of the log. Sizes are decided in decision-core, not here. */
@NullMarked
package io.tidegate.policyengine.topology;

import org.jspecify.annotations.NullMarked;
