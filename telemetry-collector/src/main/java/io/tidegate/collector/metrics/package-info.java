/** Names of the collector's metrics, and where they are counted. What is worth counting is known elsewhere. */
@NullMarked
package io.tidegate.collector.metrics;

import org.jspecify.annotations.NullMarked;
