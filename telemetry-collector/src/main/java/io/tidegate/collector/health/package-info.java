/** What does not answer at the moment, for readiness and the log. Who finds that out lives elsewhere. */
@NullMarked
package io.tidegate.collector.health;

import org.jspecify.annotations.NullMarked;
