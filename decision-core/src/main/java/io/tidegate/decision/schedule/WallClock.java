package io.tidegate.decision.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;

/** Local minutes of a zone, counted as {@link Cron} does. Instants are bounded to the years that zone rules know. */
record WallClock(ZoneId zone) {
    private static final int SECONDS_OF_MINUTE = 60;
    /** The longest name of a region has 32. */
    private static final int MOST_ZONE_CHARACTERS = 64;

    WallClock {
        Objects.requireNonNull(zone, "zone");
    }

    /** Reads the name of a region, {@code UTC}, or an offset. */
    static WallClock parse(String text) {
        if (text.length() > MOST_ZONE_CHARACTERS) {
            throw new ScheduleException(
                    "timeZone: a name may have " + MOST_ZONE_CHARACTERS + " characters, not " + text.length());
        }
        try {
            return new WallClock(ZoneId.of(text.strip()));
        } catch (DateTimeException e) {
            throw new ScheduleException(
                    "timeZone: '" + text.strip() + "' is no time zone; give a region such as Europe/Amsterdam, or UTC");
        }
    }

    /** The last local minute that has begun at {@code time}, those of a left out hour included. */
    long minute(Instant time) {
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

    /** When the clock on the wall shows {@code minute}: the first of two times, or the end of a left out hour. */
    Instant instant(long minute) {
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
