package io.tidegate.decision.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
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

    private static final int SECONDS_OF_MINUTE = 60;
    /** The longest name of a region has 32. */
    private static final int MOST_ZONE_CHARACTERS = 64;

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
        return new Schedule(zone(timeZone), cron("start", start), cron("end", end));
    }

    private static Cron cron(String field, String text) {
        try {
            return Cron.parse(text);
        } catch (ScheduleException e) {
            throw new ScheduleException(field + ": " + e.getMessage());
        }
    }

    private static ZoneId zone(String text) {
        if (text.length() > MOST_ZONE_CHARACTERS) {
            throw new ScheduleException(
                    "timeZone: a name may have " + MOST_ZONE_CHARACTERS + " characters, not " + text.length());
        }
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new ScheduleException(
                    "timeZone: '" + text.strip() + "' is no time zone; give a region such as Europe/Amsterdam, or UTC");
        }
    }

    /** Whether {@code time} lies within a window. */
    public boolean activeAt(Instant time) {
        return activeAt(minute(time));
    }

    /**
     * When the next window opens, or the present one closes. Expressions may coincide so often that nothing changes for
     * long (a window that is opened again in the minute it closes): after {@value #MOST_LOOKS} firings without a change,
     * the time of the last of them, at which it is worth to look again.
     */
    public Instant nextChangeAfter(Instant time) {
        long minute = minute(time);
        boolean active = activeAt(minute);
        for (int i = 0; i < MOST_LOOKS; i++) {
            minute = (active ? end : start).next(minute);
            if (activeAt(minute) != active) {
                Instant change = instant(minute);
                if (activeAt(change) != active) {
                    return change;
                }
            }
        }
        return instant(minute);
    }

    private boolean activeAt(long minute) {
        return start.last(minute) >= end.last(minute);
    }

    /** The last local minute that has begun at {@code time}, those of a left out hour included. */
    private long minute(Instant time) {
        ZoneRules rules = zone.getRules();
        long second = time.getEpochSecond() + rules.getOffset(time).getTotalSeconds();
        if (!rules.isFixedOffset()) {
            ZoneOffsetTransition transition = rules.getTransition(local(second));
            if (transition != null && !time.isBefore(transition.getInstant())) {
                // The hour comes for the second time: all of it has been before.
                second = transition.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC) - 1;
            }
        }
        return Math.floorDiv(second, SECONDS_OF_MINUTE);
    }

    private Instant instant(long minute) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = local(minute * SECONDS_OF_MINUTE);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        // In an overlap this is the earlier of the two.
        return local.toInstant(rules.getOffset(local));
    }

    private static LocalDateTime local(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }
}
