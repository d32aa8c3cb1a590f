/**
 * Arithmetic over the sizes that signals ask for: a text becomes a short program, which gives a size or says why it gives
 * none. What a signal is, and what becomes of the size, is not known here.
 */
@NullMarked
package io.tidegate.decision.formula;

import org.jspecify.annotations.NullMarked;
