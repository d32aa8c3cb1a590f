package io.tidegate.autoscaler.report;

import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.wire.TraceParent;
import org.jspecify.annotations.Nullable;

/** Where outcomes are written. */
@FunctionalInterface
public interface OutcomeLog {

    /**
     * Keeps an outcome until it is written; returns at once.
     *
     * @param trace where in a trace it came about; absent if it is in none
     */
    void append(OutcomeFact outcome, @Nullable TraceParent trace);
}
