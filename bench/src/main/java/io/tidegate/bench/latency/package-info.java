/**
 * How long it takes from a step in lag at the broker to the patched size at the API server, and what idle workloads cost.
 * Services run as shipped; nothing here changes how they work.
 */
@NullMarked
package io.tidegate.bench.latency;

import org.jspecify.annotations.NullMarked;
