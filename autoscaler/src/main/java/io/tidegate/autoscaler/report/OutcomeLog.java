package io.tidegate.autoscaler.report;

import io.tidegate.contracts.fact.OutcomeFact;

/** Where outcomes are written. */
@FunctionalInterface
public interface OutcomeLog {

    /** Keeps an outcome until it is written; returns at once. */
    void append(OutcomeFact outcome);
}
