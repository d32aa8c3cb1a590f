/**
 * The decision as one pure function of policy, snapshot, memory and time. No I/O, clock, thread or logger lives here;
 * what a decision is made of lives in the packages below.
 */
@NullMarked
package io.tidegate.decision;

import org.jspecify.annotations.NullMarked;
