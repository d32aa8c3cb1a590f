package io.tidegate.decision.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Windows of time: each opens when {@code start} fires and closes when {@code end} fires next. Where both fire in the same
 * minute, the window opens.
 *
 * <p>Where clocks are put forward, what would fire in the hour that is left out fires at its end; where they are put back, in
 * the hour that comes twice, it fires the first time only. Zone rules are the Java runtime's, so that a replay on another
 * release of the time zone database may differ for dates whose rules have changed since.
 *
 * @param zone whose clock on the wall the expressions mean
 */
public record Schedule(ZoneId zone, Cron start, Cron end) {
    /** Firings of one expression that are looked at for a change. */
    static final int MOST_LOOKS = 64;

    public Schedule {
        Objects.requireNonNull(zone, "zone");
        if (start.equals(end)) {
            throw new ScheduleException("start and end fire at the same times: " + start);
        }
    }

    /**
     * Reads a schedule as it is written in a policy.
     *
     * @param timeZone name of a region such as {@code Europe/Amsterdam}, {@code UTC}, or an offset such as {@code +02:00}
     * @throws ScheduleException if one of the three cannot be read; the message names it
     */
    public static Schedule parse(String timeZone, String start, String end) {
        return new Schedule(WallClock.parse(timeZone).zone(), cron("start", start), cron("end", end));
    }

    private static Cron cron(String field, String text) {
        try {
            return Cron.parse(text);
        } catch (ScheduleException e) {
            throw new ScheduleException(field + ": " + e.getMessage());
        }
    }

    /** Whether {@code time} lies within a window. */
    public boolean activeAt(Instant time) {
        return activeAt(new WallClock(zone).minute(time));
    }

    /**
     * When the next window opens, or the present one closes. Expressions may coincide so often that nothing changes for
     * long (a window that is opened again in the minute it closes): after {@value #MOST_LOOKS} firings without a change,
     * the time of the last of them, at which it is worth to look again.
     */
    public Instant nextChangeAfter(Instant time) {
        WallClock clock = new WallClock(zone);
        long minute = clock.minute(time);
        boolean active = activeAt(minute);
        for (int i = 0; i < MOST_LOOKS; i++) {
            minute = (active ? end : start).next(minute);
            if (activeAt(minute) != active) {
                Instant change = clock.instant(minute);
                if (activeAt(change) != active) {
                    return change;
                }
            }
        }
        return clock.instant(minute);
    }

    private boolean activeAt(long minute) {
        return start.last(minute) >= end.last(minute);
    }
}
