/** What is written to tidegate.decisions: each decision with its inputs, verdicts and reason. How decisions are made does not live here. */
@NullMarked
package io.tidegate.contracts.decision;

import org.jspecify.annotations.NullMarked;
