/** How benchmarks hand over what they measured. What that is does not belong here. */
@NullMarked
package io.tidegate.bench.report;

import org.jspecify.annotations.NullMarked;
