/** Recording and alerting rules, and the files that they are shipped in. */
@NullMarked
package io.tidegate.dashboards.rules;

import org.jspecify.annotations.NullMarked;
