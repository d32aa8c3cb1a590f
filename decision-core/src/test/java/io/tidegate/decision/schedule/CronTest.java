package io.tidegate.decision.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # expression         | after            | next             | the one before that
            0 22 * * *           | 2026-11-23T10:00 | 2026-11-23T22:00 | 2026-11-22T22:00
            0 22 * * *           | 2026-11-23T22:00 | 2026-11-24T22:00 | 2026-11-23T22:00
            30 8-18/2 * * 1-5    | 2026-11-20T18:30 | 2026-11-23T08:30 | 2026-11-20T18:30
            5,35 * * * *         | 2026-12-31T23:40 | 2027-01-01T00:05 | 2026-12-31T23:35
            0 0 1 jan,JUL *      | 2026-01-01T00:00 | 2026-07-01T00:00 | 2026-01-01T00:00
            0 0 ? * SUN          | 2026-11-23T00:00 | 2026-11-29T00:00 | 2026-11-22T00:00
            0 0 * * 7            | 2026-11-23T00:00 | 2026-11-29T00:00 | 2026-11-22T00:00
            0 0 * * 5-7          | 2026-11-22T00:00 | 2026-11-27T00:00 | 2026-11-22T00:00
            0 0 * * fri-sun      | 2026-11-22T00:00 | 2026-11-27T00:00 | 2026-11-22T00:00
            0 0 * * 7/2          | 2026-11-22T00:00 | 2026-11-29T00:00 | 2026-11-22T00:00
            0 0 13 * 5           | 2026-11-23T00:00 | 2026-11-27T00:00 | 2026-11-20T00:00
            0 0 13 * 5           | 2026-12-11T00:00 | 2026-12-13T00:00 | 2026-12-11T00:00
            0 0 13 * *           | 2026-11-23T00:00 | 2026-12-13T00:00 | 2026-11-13T00:00
            0 0 */2 * 1          | 2026-11-23T00:00 | 2026-11-25T00:00 | 2026-11-23T00:00
            0 0 */1 * 1          | 2026-11-23T00:00 | 2026-11-30T00:00 | 2026-11-23T00:00
            0 0 31 * *           | 2026-11-23T00:00 | 2026-12-31T00:00 | 2026-10-31T00:00
            0 0 29 2 *           | 2026-11-23T00:00 | 2028-02-29T00:00 | 2024-02-29T00:00
            0 0 29 2 *           | 2096-02-29T00:00 | 2104-02-29T00:00 | 2096-02-29T00:00
            0 0 29 2 *           | 2104-02-28T23:59 | 2104-02-29T00:00 | 2096-02-29T00:00
            0 0 30 2 1           | 2026-11-23T00:00 | 2027-02-01T00:00 | 2026-02-23T00:00
            20/15 * * * *        | 2026-11-23T10:00 | 2026-11-23T10:20 | 2026-11-23T09:50
            */25 * * * *         | 2026-11-23T10:50 | 2026-11-23T11:00 | 2026-11-23T10:50
            59 23 31 12 *        | 1969-12-31T23:59 | 1970-12-31T23:59 | 1969-12-31T23:59
            @yearly              | 2026-11-23T00:00 | 2027-01-01T00:00 | 2026-01-01T00:00
            @Annually            | 2026-11-23T00:00 | 2027-01-01T00:00 | 2026-01-01T00:00
            @monthly             | 2026-11-23T00:00 | 2026-12-01T00:00 | 2026-11-01T00:00
            @weekly              | 2026-11-23T00:00 | 2026-11-29T00:00 | 2026-11-22T00:00
            @daily               | 2026-11-23T00:01 | 2026-11-24T00:00 | 2026-11-23T00:00
            @midnight            | 2026-11-23T00:01 | 2026-11-24T00:00 | 2026-11-23T00:00
            @hourly              | 2026-11-23T10:01 | 2026-11-23T11:00 | 2026-11-23T10:00
            """)
    void firesWhereUsersExpectIt(String text, LocalDateTime after, LocalDateTime next, LocalDateTime last) {
        Cron cron = Cron.parse(text);
        assertEquals(next, time(cron.next(minute(after))));
        assertEquals(last, time(cron.last(minute(after))));
        assertTrue(cron.firesAt(minute(next)));
        assertFalse(cron.firesAt(minute(next) + 1) && !text.startsWith("*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            60 * * * *    | minute '60': '60' is not a number from 0 to 59
            -1 * * * *    | minute '-1': '' is not a number from 0 to 59
            ١ * * * *     | minute '١': '١' is not a number from 0 to 59
            1,,2 * * * *  | minute '1,,2': '' is not a number from 0 to 59
            1, * * * *    | minute '1,': '' is not a number from 0 to 59
            */60 * * * *  | minute '*/60': a step must be 1 to 59
            */0 * * * *   | minute '*/0': a step must be 1 to 59
            1/2/3 * * * * | minute '1/2/3': a step must be 1 to 59
            1/ * * * *    | minute '1/': a step must be 1 to 59
            * 24 * * *    | hour '24': '24' is not a number from 0 to 23
            * 22-6 * * *  | hour '22-6': 22-6 runs backwards; list its two parts instead
            * 1-2-3 * * * | hour '1-2-3': '2-3' is not a number from 0 to 23
            * *-3 * * *   | hour '*-3': '*' is not a number from 0 to 23
            * * 0 * *     | day of month '0': '0' is not a number from 1 to 31
            * * L * *     | day of month 'L': 'L' is not a number from 1 to 31
            * * * 13 *    | month '13': '13' is not a number from 1 to 12 or jan to dec
            * * * 001 *   | month '001': '001' is not a number from 1 to 12 or jan to dec
            * * * * 8     | day of week '8': '8' is not a number from 0 to 7 or sun to sat
            * * * * */7   | day of week '*/7': a step must be 1 to 6
            * * * * 1#2   | day of week '1#2': '1#2' is not a number from 0 to 7 or sun to sat
            * * * * sat-mon | day of week 'sat-mon': sat-mon runs backwards; list its two parts instead
            0 0 30 2 *    | '0 0 30 2 *' never fires: no month that it names has such a day of month
            0 0 31 4,6 ?  | '0 0 31 4,6 ?' never fires: no month that it names has such a day of month
            """)
    void namesTheFieldThatIsWrong(String text, String message) {
        assertEquals(
                message,
                assertThrows(ScheduleException.class, () -> Cron.parse(text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "* * * *", "* * * * * *", "0 0 12 * * ? 2026", "@reboot", "@every 1h", "\u0000"})
    void wantsFiveFields(String text) {
        String message = String.valueOf(
                assertThrows(ScheduleException.class, () -> Cron.parse(text)).getMessage());
        assertTrue(
                message.endsWith("is not five fields: minute, hour, day of month, month and day of week,"
                        + " such as 0 22 * * 1-5"),
                message);
    }

    @Test
    void refusesAHugeTextUnread() {
        String huge = "*,".repeat(5_000_000);
        assertEquals(
                "a cron expression may have 512 characters, not 10000000",
                assertThrows(ScheduleException.class, () -> Cron.parse(huge)).getMessage());
    }

    @Test
    void acceptsAllValuesListedOneByOne() {
        String minutes = IntStream.range(0, 60)
                .mapToObj(Integer::toString)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        assertEquals(Cron.parse("0-59 * * * *"), Cron.parse(minutes + " * * * *"));
    }

    @Test
    void isWhatItsFieldsSelect() {
        assertEquals(Cron.parse("0 0 * * SUN"), Cron.parse(" 00\t0  ? * 7 "));
        assertEquals(
                Cron.parse("0 0 * * SUN").hashCode(), Cron.parse("0 0 * * 7").hashCode());
        assertEquals("0 0 * * SUN", Cron.parse(" 0 0 * * SUN ").toString());
        Cron cron = Cron.parse("1 1 1 1 1");
        for (String other : List.of("2 1 1 1 1", "1 2 1 1 1", "1 1 2 1 1", "1 1 1 2 1", "1 1 1 1 2", "1 1 1 1 *")) {
            assertNotEquals(cron, Cron.parse(other));
        }
        assertNotEquals(Cron.parse("0 0 * * 1-7"), Cron.parse("0 0 1-31 * 1-7"));
        assertNotEquals(cron, (Object) "1 1 1 1 1");
    }

    /** The reference looks at each minute by itself. */
    @Test
    void agreesWithAMinuteByMinuteSearch() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String text = CronTexts.random(random);
            Cron cron;
            try {
                cron = Cron.parse(text);
            } catch (ScheduleException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("never fires"), text);
                continue;
            }
            long from = minute(LocalDateTime.of(2027, 12, 1, 0, 0)) + random.nextInt(60 * 24 * 120);
            long last = Long.MIN_VALUE;
            for (long minute = from - 3_000; minute < from + 3_000; minute++) {
                if (CronTexts.fires(text, time(minute))) {
                    if (last != Long.MIN_VALUE) {
                        assertEquals(minute, cron.next(last), "seed " + seed + ": " + text);
                        assertEquals(minute, cron.next(minute - 1), "seed " + seed + ": " + text);
                        assertEquals(last, cron.last(minute - 1), "seed " + seed + ": " + text);
                    }
                    last = minute;
                }
                assertEquals(last == minute, cron.firesAt(minute), "seed " + seed + ": " + text + " " + time(minute));
            }
        }
    }

    @Test
    void answersInTheDistantPastAndFuture() {
        Cron cron = Cron.parse("0 0 29 2 *");
        for (int year : List.of(-9_999_999, -1, 0, 9_999_999)) {
            LocalDateTime next = time(cron.next(minute(LocalDateTime.of(year, 3, 1, 0, 0))));
            assertEquals(29, next.getDayOfMonth());
            assertTrue(next.getYear() > year && next.getYear() <= year + 8, next::toString);
        }
        assertEquals(
                DayOfWeek.SUNDAY, time(Cron.parse("@weekly").last(-700_000_000)).getDayOfWeek());
    }

    private static long minute(LocalDateTime time) {
        return Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), 60L);
    }

    private static LocalDateTime time(long minute) {
        return LocalDateTime.ofEpochSecond(minute * 60, 0, ZoneOffset.UTC);
    }
}
