/** When each query is asked of its Prometheus, and what an answer says. Where the Prometheus is does not live here. */
@NullMarked
package io.tidegate.collector.prometheus;

import org.jspecify.annotations.NullMarked;
