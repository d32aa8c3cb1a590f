/**
 * The differential test: workloads scaled by the HorizontalPodAutoscaler of the real controller manager and their twins
 * scaled by Tidegate, on pods that the test plays. Tests of one side alone do not belong here.
 */
@NullMarked
package io.tidegate.it.differential;

import org.jspecify.annotations.NullMarked;
