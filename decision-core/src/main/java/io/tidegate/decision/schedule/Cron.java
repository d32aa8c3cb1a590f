package io.tidegate.decision.schedule;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;

/**
 * A cron expression of five fields: minute, hour, day of month, month and day of week. Local minutes are counted from
 * 1970-01-01T00:00 of the clock on the wall, so that this class needs no time zone; {@link Schedule} has one.
 *
 * <p>Lists, ranges, steps, names of months and weekdays, {@code ?} for {@code *}, 7 for Sunday, and the nicknames
 * {@code @hourly} to {@code @yearly}. If both day of month and day of week are restricted, a day needs to match only one
 * of them; a step, as in {@code *}{@code /2}, is a restriction.
 *
 * <p>Any question takes a bounded number of steps: within a day by bit masks, then by days of a month, also as a mask, then
 * by at most 97 months (29 February, over a year such as 2100).
 */
public final class Cron {
    static final int MINUTES_OF_DAY = 1_440;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MONTHS_OF_YEAR = 12;
    private static final int DAYS_OF_WEEK = 7;
    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_WEEKDAY = 4;
    /** From 29 February 2096 to that of 2104. */
    private static final int LONGEST_GAP_MONTHS = 96;
    /** One bit for the first day of each week that a month can touch. */
    private static final long WEEKS = 1L | 1L << 7 | 1L << 14 | 1L << 21 | 1L << 28;
    /** More than any expression that lists each of its values needs. */
    private static final int MOST_CHARACTERS = 512;

    private static final int FIELDS = 5;

    private final String text;
    private final long minutes;
    private final int hours;
    private final int days;
    private final int months;
    private final int weekdays;
    /** Whether a day must match only one of the two day fields. */
    private final boolean either;

    private Cron(String text, List<CronField.Selection> fields) {
        this.text = text;
        this.minutes = fields.get(0).bits();
        this.hours = (int) fields.get(1).bits();
        this.days = (int) fields.get(2).bits();
        this.months = (int) fields.get(3).bits();
        this.weekdays = (int) fields.get(4).bits();
        this.either = !fields.get(2).any() && !fields.get(4).any();
    }

    /**
     * Reads an expression.
     *
     * @throws ScheduleException if it is none, or if it never fires
     */
    public static Cron parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ScheduleException(
                    "a cron expression may have " + MOST_CHARACTERS + " characters, not " + text.length());
        }
        String trimmed = text.strip();
        String[] parts = written(trimmed).split("[ \t]+", FIELDS + 1);
        if (parts.length != FIELDS) {
            throw new ScheduleException("'" + trimmed
                    + "' is not five fields: minute, hour, day of month, month and day of week, such as 0 22 * * 1-5");
        }
        Cron cron = new Cron(
                trimmed,
                List.of(
                        CronField.MINUTE.parse(parts[0]),
                        CronField.HOUR.parse(parts[1]),
                        CronField.DAY.parse(parts[2]),
                        CronField.MONTH.parse(parts[3]),
                        CronField.WEEKDAY.parse(parts[4])));
        if (!cron.everFires()) {
            throw new ScheduleException(
                    "'" + trimmed + "' never fires: no month that it names has such a day of month");
        }
        return cron;
    }

    /** The five fields that a nickname stands for; any other text stands for itself. */
    private static String written(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@monthly" -> "0 0 1 * *";
            case "@weekly" -> "0 0 * * 0";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@hourly" -> "0 * * * *";
            default -> text;
        };
    }

    private boolean everFires() {
        if (either) {
            return true;
        }
        for (Month month : Month.values()) {
            if ((months >> month.getValue() & 1) == 1 && (days & upTo(month.maxLength())) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether it fires at {@code minute}. */
    boolean firesAt(long minute) {
        return last(minute) == minute;
    }

    /** The latest local minute at or before {@code minute} at which it fires. */
    long last(long minute) {
        long day = Math.floorDiv(minute, MINUTES_OF_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        long fitting = days(date.getYear(), date.getMonthValue());
        if ((fitting >> date.getDayOfMonth() & 1) == 1) {
            int found = lastOfDay((int) Math.floorMod(minute, (long) MINUTES_OF_DAY));
            if (found >= 0) {
                return day * MINUTES_OF_DAY + found;
            }
        }
        long month = monthOf(date);
        fitting &= (1L << date.getDayOfMonth()) - 1;
        for (int i = 0; fitting == 0 && i <= LONGEST_GAP_MONTHS; i++) {
            month--;
            fitting = days(yearOf(month), monthOfYear(month));
        }
        return firstDay(month) + (long) highest(fitting) * MINUTES_OF_DAY + lastOfDay(MINUTES_OF_DAY - 1);
    }

    /** The first local minute after {@code minute} at which it fires. */
    long next(long minute) {
        long from = minute + 1;
        long day = Math.floorDiv(from, MINUTES_OF_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        long fitting = days(date.getYear(), date.getMonthValue());
        if ((fitting >> date.getDayOfMonth() & 1) == 1) {
            int found = firstOfDay((int) Math.floorMod(from, (long) MINUTES_OF_DAY));
            if (found >= 0) {
                return day * MINUTES_OF_DAY + found;
            }
        }
        long month = monthOf(date);
        fitting &= -(2L << date.getDayOfMonth());
        for (int i = 0; fitting == 0 && i <= LONGEST_GAP_MONTHS; i++) {
            month++;
            fitting = days(yearOf(month), monthOfYear(month));
        }
        return firstDay(month) + (long) Long.numberOfTrailingZeros(fitting) * MINUTES_OF_DAY + firstOfDay(0);
    }

    /** The latest minute of a fitting day, at or before {@code minute}; -1 if there is none. */
    private int lastOfDay(int minute) {
        int hour = minute / MINUTES_OF_HOUR;
        if ((hours >> hour & 1) == 1) {
            long left = minutes & ((2L << minute % MINUTES_OF_HOUR) - 1);
            if (left != 0) {
                return hour * MINUTES_OF_HOUR + highest(left);
            }
        }
        int before = hours & ((1 << hour) - 1);
        return before == 0 ? -1 : highest(before) * MINUTES_OF_HOUR + highest(minutes);
    }

    /** The first minute of a fitting day, at or after {@code minute}; -1 if there is none. */
    private int firstOfDay(int minute) {
        int hour = minute / MINUTES_OF_HOUR;
        if ((hours >> hour & 1) == 1) {
            long left = minutes & -(1L << minute % MINUTES_OF_HOUR);
            if (left != 0) {
                return hour * MINUTES_OF_HOUR + Long.numberOfTrailingZeros(left);
            }
        }
        int after = hours & -(2 << hour);
        return after == 0
                ? -1
                : Integer.numberOfTrailingZeros(after) * MINUTES_OF_HOUR + Long.numberOfTrailingZeros(minutes);
    }

    /** The fitting days of a month: bit n for the n-th. */
    private long days(int year, int month) {
        if ((months >> month & 1) == 0) {
            return 0;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        int weekday = (int) Math.floorMod(first.toEpochDay() + FIRST_WEEKDAY, (long) DAYS_OF_WEEK);
        long week = ((weekdays >> weekday) | (weekdays << (DAYS_OF_WEEK - weekday))) & ((1 << DAYS_OF_WEEK) - 1);
        long byWeekday = (week * WEEKS) << 1;
        return (either ? days | byWeekday : days & byWeekday) & upTo(first.lengthOfMonth());
    }

    /** Bits 1 to {@code day}. */
    private static long upTo(int day) {
        return (2L << day) - 2;
    }

    private static int highest(long bits) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
    }

    private static long monthOf(LocalDate date) {
        return (long) date.getYear() * MONTHS_OF_YEAR + date.getMonthValue() - 1;
    }

    private static int yearOf(long month) {
        return (int) Math.floorDiv(month, MONTHS_OF_YEAR);
    }

    private static int monthOfYear(long month) {
        return Math.floorMod(month, MONTHS_OF_YEAR) + 1;
    }

    /** The local minute at which the day before the month's first begins: days of a month count from 1. */
    private static long firstDay(long month) {
        return (LocalDate.of(yearOf(month), monthOfYear(month), 1).toEpochDay() - 1) * MINUTES_OF_DAY;
    }

    /** Whether both fire at the same minutes as far as their fields can tell. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cron that
                && minutes == that.minutes
                && hours == that.hours
                && days == that.days
                && months == that.months
                && weekdays == that.weekdays
                && either == that.either;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * (31 * minutes + hours) + days) + 31 * (31 * months + weekdays);
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
