package io.tidegate.decision.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** In Amsterdam, clocks went from 2:00 to 3:00 on 2026-03-29, and from 3:00 back to 2:00 on 2026-10-25. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # case                                 | start     | end       | time                 | active | next change
            within a night                         | 0 22 * * *| 0 6 * * * | 2026-11-23T22:00:00Z | true   | 2026-11-24T05:00:00Z
            at the first instant                   | 0 22 * * *| 0 6 * * * | 2026-11-23T21:00:00Z | true   | 2026-11-24T05:00:00Z
            just before it                         | 0 22 * * *| 0 6 * * * | 2026-11-23T20:59:59Z | false  | 2026-11-23T21:00:00Z
            at the first instant after             | 0 22 * * *| 0 6 * * * | 2026-11-24T05:00:00Z | false  | 2026-11-24T21:00:00Z
            in summer                              | 0 22 * * *| 0 6 * * * | 2026-07-23T20:00:00Z | true   | 2026-07-24T04:00:00Z
            over a weekend                         | 0 8 * * 1 | 0 18 * * 5| 2026-11-21T12:00:00Z | false  | 2026-11-23T07:00:00Z
            an end that fires more often           | 0 8 * * 1 | 0 18 * * *| 2026-11-24T12:00:00Z | false  | 2026-11-30T07:00:00Z
            a start that fires more often          | 0 * * * * | 30 18 * * *| 2026-11-23T10:30:00Z | true  | 2026-11-23T17:30:00Z
            both at once: the window opens         | 0 0 * * 1-5| 0 0 * * * | 2026-11-24T12:00:00Z | true  | 2026-11-27T23:00:00Z
            start in a gap: before                 | 30 2 * * *| 0 6 * * * | 2026-03-29T00:59:59Z | false  | 2026-03-29T01:00:00Z
            start in a gap: at its end             | 30 2 * * *| 0 6 * * * | 2026-03-29T01:00:00Z | true   | 2026-03-29T04:00:00Z
            end in a gap: before                   | 0 1 * * * | 30 2 * * *| 2026-03-29T00:59:00Z | true   | 2026-03-29T01:00:00Z
            end in a gap: at its end               | 0 1 * * * | 30 2 * * *| 2026-03-29T01:00:00Z | false  | 2026-03-29T23:00:00Z
            a window within a gap does not open    | 10 2 * * *| 50 2 * * *| 2026-03-29T00:00:00Z | false  | 2026-03-30T00:10:00Z
            nor at its end                         | 10 2 * * *| 50 2 * * *| 2026-03-29T01:00:00Z | false  | 2026-03-30T00:10:00Z
            a pause within a gap does not happen   | 50 2 * * *| 10 2 * * *| 2026-03-29T00:00:00Z | true   | 2026-03-30T00:10:00Z
            start in an overlap: first time        | 30 2 * * *| 0 6 * * * | 2026-10-25T00:30:00Z | true   | 2026-10-25T05:00:00Z
            start in an overlap: before            | 30 2 * * *| 0 6 * * * | 2026-10-25T00:29:00Z | false  | 2026-10-25T00:30:00Z
            start in an overlap: it is not undone  | 30 2 * * *| 0 6 * * * | 2026-10-25T01:00:00Z | true   | 2026-10-25T05:00:00Z
            end in an overlap: it ends once        | 0 1 * * * | 30 2 * * *| 2026-10-25T01:15:00Z | false  | 2026-10-26T00:00:00Z
            all of an overlap counts once          | 0 2 * * * | 0 3 * * * | 2026-10-25T01:30:00Z | true   | 2026-10-25T02:00:00Z
            a window in an overlap is over         | 10 2 * * *| 50 2 * * *| 2026-10-25T01:20:00Z | false  | 2026-10-26T01:10:00Z
            rarely                                 | 0 0 29 2 *| 0 0 1 3 * | 2026-11-23T00:00:00Z | false  | 2028-02-28T23:00:00Z
            """)
    void opensAndCloses(String name, String start, String end, Instant time, boolean active, Instant change) {
        Schedule schedule = Schedule.parse("Europe/Amsterdam", start, end);
        assertEquals(active, schedule.activeAt(time));
        assertEquals(change, schedule.nextChangeAfter(time));
        assertEquals(!active, schedule.activeAt(change));
        assertEquals(active, schedule.activeAt(change.minusNanos(1)));
    }

    @Test
    void knowsHalfHoursAndOffsets() {
        Instant time = Instant.parse("2026-11-23T16:29:00Z");
        assertFalse(Schedule.parse("Asia/Kolkata", "0 22 * * *", "0 6 * * *").activeAt(time));
        assertTrue(Schedule.parse("Asia/Kolkata", "0 22 * * *", "0 6 * * *").activeAt(time.plusSeconds(60)));
        assertTrue(Schedule.parse("+05:31", "0 22 * * *", "0 6 * * *").activeAt(time));
        assertEquals(
                Instant.parse("2026-11-23T22:00:00Z"),
                Schedule.parse(" UTC ", "0 22 * * *", "0 6 * * *").nextChangeAfter(time));
        // Lord Howe's clocks move by half an hour: from 2:00 back to 1:30 on 2026-04-05.
        Schedule island = Schedule.parse("Australia/Lord_Howe", "45 1 * * *", "50 1 * * *");
        assertEquals(
                Instant.parse("2026-04-04T14:45:00Z"), island.nextChangeAfter(Instant.parse("2026-04-04T14:00:00Z")));
        assertEquals(
                Instant.parse("2026-04-05T15:15:00Z"), island.nextChangeAfter(Instant.parse("2026-04-04T14:50:00Z")));
        // Apia left out the whole of 2011-12-30.
        Schedule apia = Schedule.parse("Pacific/Apia", "0 12 30 12 *", "0 12 31 12 *");
        assertEquals(
                Instant.parse("2011-12-30T10:00:00Z"), apia.nextChangeAfter(Instant.parse("2011-12-29T00:00:00Z")));
    }

    @Test
    void givesUpLookingForAChangeThatIsFarAway() {
        Schedule always = Schedule.parse("UTC", "* * * * *", "30 * * * *");
        Instant time = Instant.parse("2026-11-23T10:00:00Z");
        assertTrue(always.activeAt(time));
        assertEquals(
                time.plus(Duration.ofHours(Schedule.MOST_LOOKS)).minus(Duration.ofMinutes(30)),
                always.nextChangeAfter(time));
        assertTrue(always.activeAt(always.nextChangeAfter(time)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mars/Phobos | 0 1 * * * | 0 2 * * * | timeZone: 'Mars/Phobos' is no time zone; give a region such as Europe/Amsterdam, or UTC
            ''          | 0 1 * * * | 0 2 * * * | timeZone: '' is no time zone; give a region such as Europe/Amsterdam, or UTC
            UTC         | 0 25 * * *| 0 2 * * * | start: hour '25': '25' is not a number from 0 to 23
            UTC         | 0 1 * * * | 0 2 * * 8 | end: day of week '8': '8' is not a number from 0 to 7 or sun to sat
            UTC         | @daily    | 0 0 * * * | start and end fire at the same times: @daily
            """)
    void saysWhatIsWrong(String zone, String start, String end, String message) {
        assertEquals(
                message,
                assertThrows(ScheduleException.class, () -> Schedule.parse(zone, start, end))
                        .getMessage());
    }

    @Test
    void refusesAHugeTimeZoneUnread() {
        assertEquals(
                "timeZone: a name may have 64 characters, not 10000000",
                assertThrows(
                                ScheduleException.class,
                                () -> Schedule.parse("A".repeat(10_000_000), "0 1 * * *", "0 2 * * *"))
                        .getMessage());
    }

    /** The reference plays all firings of 10 days around a change of clocks in the order of the clock on the wall. */
    @Test
    void agreesWithAPlayedOutCalendar() {
        List<ZoneId> zones =
                List.of(ZoneId.of("Europe/Amsterdam"), ZoneId.of("Australia/Lord_Howe"), ZoneId.of("America/New_York"));
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            String start = random.nextInt(60) + " " + random.nextInt(4) + " * * *";
            String end = random.nextInt(60) + " " + (random.nextBoolean() ? "*" : random.nextInt(4) + "") + " * * *";
            if (Cron.parse(start).equals(Cron.parse(end))) {
                continue;
            }
            Schedule schedule = Schedule.parse(zone.getId(), start, end);
            Instant middle = zone.getRules()
                    .nextTransition(
                            Instant.parse(random.nextBoolean() ? "2026-01-01T00:00:00Z" : "2026-06-01T00:00:00Z"))
                    .getInstant();
            NavigableMap<Instant, Boolean> played = played(schedule, middle);
            for (Instant time = middle.minus(Duration.ofDays(3));
                    time.isBefore(middle.plus(Duration.ofDays(3)));
                    time = time.plusSeconds(30 + random.nextInt(90))) {
                String at = "seed " + seed + ": " + schedule + " at " + time;
                boolean active = played.floorEntry(time).getValue();
                assertEquals(active, schedule.activeAt(time), at);
                Instant change = time;
                do {
                    change = played.higherKey(change);
                } while (Objects.equals(played.get(change), active));
                assertEquals(change, schedule.nextChangeAfter(time), at);
            }
        }
    }

    private static NavigableMap<Instant, Boolean> played(Schedule schedule, Instant middle) {
        NavigableMap<Instant, Boolean> states = new TreeMap<>();
        LocalDateTime time =
                LocalDateTime.ofInstant(middle, schedule.zone()).minusDays(5).withHour(0);
        for (int i = 0; i < 10 * 24 * 60; i++, time = time.plusMinutes(1)) {
            boolean opens = CronTexts.fires(schedule.start().toString(), time);
            if (opens || CronTexts.fires(schedule.end().toString(), time)) {
                states.put(instant(schedule.zone(), time), opens);
            }
        }
        return states;
    }

    private static Instant instant(ZoneId zone, LocalDateTime local) {
        List<ZoneOffset> offsets = new ArrayList<>(zone.getRules().getValidOffsets(local));
        return offsets.isEmpty()
                ? zone.getRules().getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
    }
}
