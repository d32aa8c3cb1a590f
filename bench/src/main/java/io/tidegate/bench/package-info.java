/** The command line of the benchmarks. What they measure lives in packages of their own. */
@NullMarked
package io.tidegate.bench;

import org.jspecify.annotations.NullMarked;
