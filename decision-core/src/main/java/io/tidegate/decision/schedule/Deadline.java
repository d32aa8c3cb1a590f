package io.tidegate.decision.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A time of day by which something must be done, on some days of the week. As with a {@link Schedule}, one in an hour that
 * is left out counts at its end, and one in an hour that comes twice the first time.
 *
 * @param zone whose clock on the wall the times mean
 */
public record Deadline(ZoneId zone, Cron times) {
    private static final int MINUTES = 60;
    private static final int HOURS = 24;
    private static final int CHARACTERS = 5;
    private static final int COLON = 2;

    public Deadline {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(times, "times");
    }

    /**
     * Reads a deadline as it is written in a policy.
     *
     * @param timeZone name of a region such as {@code Europe/Amsterdam}, {@code UTC}, or an offset such as {@code +02:00}
     * @param at time of day such as {@code 06:00}
     * @param days days of the week as cron writes them, such as {@code MON-FRI}; {@code *} for all
     * @throws ScheduleException if one of the three cannot be read; the message names it
     */
    public static Deadline parse(String timeZone, String at, String days) {
        int minute = minuteOfDay(at.strip());
        ZoneId zone = WallClock.parse(timeZone).zone();
        try {
            return new Deadline(zone, Cron.parse(minute % MINUTES + " " + minute / MINUTES + " * * " + days));
        } catch (ScheduleException e) {
            throw new ScheduleException("days: " + e.getMessage());
        }
    }

    private static int minuteOfDay(String time) {
        if (time.length() == CHARACTERS && time.charAt(COLON) == ':') {
            int hour = digits(time, 0);
            int minute = digits(time, COLON + 1);
            if (hour >= 0 && hour < HOURS && minute >= 0 && minute < MINUTES) {
                return hour * MINUTES + minute;
            }
        }
        throw new ScheduleException("at: give a time of day such as 06:00");
    }

    /** Two digits as a number, -1 if they are none. */
    private static int digits(String time, int from) {
        int tens = Character.digit(time.charAt(from), 10);
        int ones = Character.digit(time.charAt(from + 1), 10);
        return tens < 0 || ones < 0 ? -1 : 10 * tens + ones;
    }

    /** The first of its times after {@code begin}. */
    public Instant after(Instant begin) {
        WallClock clock = new WallClock(zone);
        return clock.instant(times.next(clock.minute(begin)));
    }
}
