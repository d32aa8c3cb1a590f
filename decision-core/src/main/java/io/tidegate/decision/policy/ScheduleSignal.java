package io.tidegate.decision.policy;

import io.tidegate.decision.schedule.Schedule;
import java.util.Objects;

/**
 * A size that is asked for within windows of the calendar, and none outside of them. Like any signal it is a floor for the
 * others: it never asks that what they need be given up.
 *
 * @param replicas the size within a window, 0 or more
 */
public record ScheduleSignal(String name, Schedule schedule, int replicas) implements Signal {
    public ScheduleSignal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a signal needs a name");
        }
        Objects.requireNonNull(schedule, "schedule");
        if (replicas < 0) {
            throw new IllegalArgumentException("schedule.replicas must not be negative: " + replicas);
        }
    }
}
