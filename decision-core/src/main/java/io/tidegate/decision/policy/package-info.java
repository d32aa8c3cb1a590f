/**
 * The rules a user sets for one workload, with their defaults. No measurement and no state lives here.
 */
@NullMarked
package io.tidegate.decision.policy;

import org.jspecify.annotations.NullMarked;
