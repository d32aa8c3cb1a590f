/** What Spark drivers say, by themselves or when asked, made into readings. Which driver is which workload's is found out elsewhere. */
@NullMarked
package io.tidegate.collector.spark;

import org.jspecify.annotations.NullMarked;
