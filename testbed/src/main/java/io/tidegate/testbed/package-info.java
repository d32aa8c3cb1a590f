/**
 * The testbed as a whole: a Kafka broker and a Kubernetes control plane on this machine, brought up together.
 * How each part works does not belong here.
 */
@NullMarked
package io.tidegate.testbed;

import org.jspecify.annotations.NullMarked;
