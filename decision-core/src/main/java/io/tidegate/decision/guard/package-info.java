/**
 * The ordered steps that pass, cap or veto the combined recommendation, each with a reason. No guard looks at raw samples.
 */
@NullMarked
package io.tidegate.decision.guard;

import org.jspecify.annotations.NullMarked;
