package io.tidegate.decision.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When something must be done, by the clock on the wall. */
class DeadlineTest {
    record Refused(String message, String timeZone, String at, String days) {
        @Override
        public String toString() {
            return message;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // A Thursday evening, a Friday evening, and the very time itself.
        "Europe/Amsterdam, 06:00, MON-FRI, 2026-01-01T20:00:00Z, 2026-01-02T05:00:00Z",
        "Europe/Amsterdam, 06:00, MON-FRI, 2026-01-02T20:00:00Z, 2026-01-05T05:00:00Z",
        "UTC, 06:00, *, 2026-01-02T06:00:00Z, 2026-01-03T06:00:00Z",
        "UTC, 06:00, *, 2026-01-02T05:59:59.999Z, 2026-01-02T06:00:00Z",
        // Clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
        "Europe/Amsterdam, 02:30, *, 2026-03-29T00:10:00Z, 2026-03-29T01:00:00Z",
        "Europe/Amsterdam, 02:30, *, 2026-10-25T00:10:00Z, 2026-10-25T00:30:00Z",
        "Europe/Amsterdam, 02:30, *, 2026-10-25T01:10:00Z, 2026-10-26T01:30:00Z",
    })
    void isTheFirstOfItsTimesAfterTheBegin(String zone, String at, String days, Instant begin, Instant expected) {
        assertEquals(expected, Deadline.parse(zone, at, days).after(begin));
    }

    static Stream<Refused> refused() {
        String at = "at: give a time of day such as 06:00";
        return Stream.of(
                new Refused(at, "UTC", "6:00", "*"),
                new Refused(at, "UTC", "24:00", "*"),
                new Refused(at, "UTC", "06:60", "*"),
                new Refused(at, "UTC", "0a:00", "*"),
                new Refused(at, "UTC", "a6:00", "*"),
                new Refused(at, "UTC", "06-00", "*"),
                new Refused(at, "UTC", "06:0x", "*"),
                new Refused(
                        "days: '0 6 * * MON TUE' is not five fields: minute, hour, day of month, month and day of week, such"
                                + " as 0 22 * * 1-5",
                        "UTC",
                        "06:00",
                        "MON TUE"),
                new Refused(
                        "timeZone: 'Mars' is no time zone; give a region such as Europe/Amsterdam, or UTC",
                        "Mars",
                        "06:00",
                        "*"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Refused refused) {
        ScheduleException thrown = assertThrows(
                ScheduleException.class, () -> Deadline.parse(refused.timeZone(), refused.at(), refused.days()));
        assertEquals(refused.message(), thrown.getMessage());
    }

    @Test
    void equalsAnotherOfTheSameTimes() {
        assertEquals(Deadline.parse("UTC", "06:00", "MON-FRI"), Deadline.parse("UTC", "06:00", "1-5"));
    }
}
