package io.tidegate.it.differential;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A state that a pod is played in; times are chosen so that it stays what it is for as long as a step takes. */
enum Life {
    /** Ready for long. */
    READY('R', "Running"),
    /** Started and ready moments ago, with a sample taken wholly after that. */
    FRESH_READY('r', "Running"),
    /** Started and ready moments ago, with a sample whose window began before; counts as unready while initializing. */
    EARLY_SAMPLE('e', "Running"),
    /** Started moments ago and not ready yet. */
    WARMING('w', "Running"),
    /** Was ready for long and is no more, which the resource metrics still count. */
    LOST_READY('L', "Running"),
    /** Started an hour ago and never ready. */
    NEVER_READY('N', "Running"),
    /** Ready, with no start time. */
    NO_START('0', "Running"),
    /** Runs and says nothing of being ready. */
    NO_CONDITION('c', "Running"),
    PENDING('P', "Pending"),
    FAILED('F', "Failed"),
    SUCCEEDED('S', "Succeeded"),
    /** Being deleted, and staying for as long as its grace period. */
    DELETED('D', "Running");

    /** Longer than any step: a sample that ends with it begins before the pod was ready. */
    static final int LONG_WINDOW_SECONDS = 120;

    static final int WINDOW_SECONDS = 2;

    private final char letter;
    private final String phase;

    Life(char letter, String phase) {
        this.letter = letter;
        this.phase = phase;
    }

    char letter() {
        return letter;
    }

    String phase() {
        return phase;
    }

    /** Whether its ReplicaSet counts it among its replicas. */
    boolean active() {
        return this != FAILED && this != SUCCEEDED && this != DELETED;
    }

    /** Status of the Ready condition; empty where there is none. */
    Optional<Boolean> ready() {
        return switch (this) {
            case READY, FRESH_READY, EARLY_SAMPLE, NO_START, DELETED -> Optional.of(true);
            case WARMING, LOST_READY, NEVER_READY, FAILED, SUCCEEDED -> Optional.of(false);
            case NO_CONDITION, PENDING -> Optional.empty();
        };
    }

    /** When it started, as told at {@code now}; empty where it doesn't say. */
    Optional<Instant> startedAt(Instant now) {
        return switch (this) {
            case PENDING, NO_START -> Optional.empty();
            case FRESH_READY -> Optional.of(now.minusSeconds(5));
            case EARLY_SAMPLE, WARMING -> Optional.of(now.minusSeconds(1));
            case READY, LOST_READY, NEVER_READY, NO_CONDITION, FAILED, SUCCEEDED, DELETED ->
                Optional.of(now.minus(Duration.ofHours(1)));
        };
    }

    /** When the Ready condition took its value. */
    Instant readyChangedAt(Instant now) {
        return switch (this) {
            case FRESH_READY -> now.minusSeconds(4);
            case EARLY_SAMPLE, WARMING -> now.minusSeconds(1);
            case NEVER_READY -> now.minus(Duration.ofHours(1)).plusSeconds(10);
            case READY, LOST_READY, NO_START, NO_CONDITION, PENDING, FAILED, SUCCEEDED, DELETED ->
                now.minus(Duration.ofMinutes(10));
        };
    }

    /** Window of its samples. */
    int windowSeconds() {
        return this == EARLY_SAMPLE ? LONG_WINDOW_SECONDS : WINDOW_SECONDS;
    }
}
