/**
 * Turns raw samples into measurements that know their age and say when they are unknown. No sizes are chosen here.
 */
@NullMarked
package io.tidegate.decision.signal;

import org.jspecify.annotations.NullMarked;
