package io.tidegate.decision.schedule;

/** A schedule that cannot be kept. The message is for its author: it names the field and what is allowed. */
public final class ScheduleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ScheduleException(String message) {
        super(message);
    }
}
