package io.tidegate.decision.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What one guard made of the size that reached it.
 *
 * @param before size that reached the guard
 * @param after size that left it
 * @param detail the guard's own words, empty for {@link Outcome#PASS}
 * @param until when time alone may change this verdict
 */
public record Verdict(
        String guard, Outcome outcome, int before, int after, Reason reason, String detail, Optional<Instant> until) {
    public Verdict {
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(until, "until");
    }

    /** The guard had nothing to object. */
    public static Verdict pass(String guard, int size) {
        return new Verdict(guard, Outcome.PASS, size, size, Reason.PASSED, "", Optional.empty());
    }

    /** The stable code of {@link #reason()}. */
    public String reasonCode() {
        return reason.code();
    }

    /** The verdict in plain English. */
    public String sentence() {
        return Sentences.of(this);
    }
}
