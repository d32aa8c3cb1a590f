/** What there is in the cluster, and what of it this instance publishes and samples. How it is observed and written does not live here. */
@NullMarked
package io.tidegate.collector.world;

import org.jspecify.annotations.NullMarked;
