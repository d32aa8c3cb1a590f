/** What is written to tidegate.targets: what must be now, and the heartbeats that prove it fresh. How it is carried out does not live here. */
@NullMarked
package io.tidegate.contracts.target;

import org.jspecify.annotations.NullMarked;
