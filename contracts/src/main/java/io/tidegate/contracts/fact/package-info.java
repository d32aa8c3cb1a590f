/** What is written to tidegate.facts: policies, workloads, samples, ticks and outcomes. Raw readings only; nothing derived lives here. */
@NullMarked
package io.tidegate.contracts.fact;

import org.jspecify.annotations.NullMarked;
