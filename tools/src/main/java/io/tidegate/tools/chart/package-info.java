/** What of the chart is made from other files of the repository. Templates and values are written by hand. */
@NullMarked
package io.tidegate.tools.chart;

import org.jspecify.annotations.NullMarked;
