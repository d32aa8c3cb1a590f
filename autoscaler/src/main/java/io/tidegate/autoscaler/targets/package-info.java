/** What must be: the newest target of each workload of the owned partitions, and how fresh they are. Nothing is carried out here. */
@NullMarked
package io.tidegate.autoscaler.targets;

import org.jspecify.annotations.NullMarked;
