package io.tidegate.contracts.policy;

import java.util.Objects;

/**
 * A size that is asked for between two times of a calendar. Whether the texts have a meaning is not checked here.
 *
 * @param timeZone name of the zone in which the times are read, such as {@code Europe/Amsterdam}
 * @param start when it begins, as a cron expression of five fields
 * @param end when it ends, as a cron expression of five fields
 * @param replicas size asked for in between, at least 0
 */
public record ScheduleSignal(String timeZone, String start, String end, int replicas) {
    public ScheduleSignal {
        Objects.requireNonNull(timeZone, "schedule.timeZone");
        Objects.requireNonNull(start, "schedule.start");
        Objects.requireNonNull(end, "schedule.end");
        if (replicas < 0) {
            throw new IllegalArgumentException("schedule.replicas must be at least 0: " + replicas);
        }
    }
}
