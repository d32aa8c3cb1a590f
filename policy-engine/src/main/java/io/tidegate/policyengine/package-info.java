/** What all of the engine shares: its configuration and its metrics. Nothing here knows Kafka or decides. */
@NullMarked
package io.tidegate.policyengine;

import org.jspecify.annotations.NullMarked;
