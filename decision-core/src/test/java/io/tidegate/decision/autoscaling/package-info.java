/**
 * autoscaling/v2 restated from Kubernetes' source (v1.36.3, pkg/controller/podautoscaler), as a second opinion. It is
 * written as that source is, not as ours: nothing of the decision core's computing is used here.
 */
@NullMarked
package io.tidegate.decision.autoscaling;

import org.jspecify.annotations.NullMarked;
