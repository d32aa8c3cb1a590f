/** Answers why a workload has its size, from the stores and the decision log, at the instance that owns the workload. Nothing here changes anything. */
@NullMarked
package io.tidegate.policyengine.rest;

import org.jspecify.annotations.NullMarked;
