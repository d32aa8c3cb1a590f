/**
 * The chart, rendered and installed by a real helm. What the chart holds is in k8s/chart; assertions about it do not belong
 * here.
 */
@NullMarked
package io.tidegate.testbed.helm;

import org.jspecify.annotations.NullMarked;
