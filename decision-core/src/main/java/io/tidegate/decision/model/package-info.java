/**
 * What goes into a decision and what comes out of it, as immutable values. Nothing here computes a size.
 */
@NullMarked
package io.tidegate.decision.model;

import org.jspecify.annotations.NullMarked;
