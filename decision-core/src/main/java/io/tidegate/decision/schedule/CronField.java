package io.tidegate.decision.schedule;

import java.util.List;
import java.util.Locale;

/**
 * One of the five fields of a cron expression.
 *
 * @param label as the field is called in messages
 * @param names of the values from {@code least} on, in lower case; empty if the field has none
 */
record CronField(String label, int least, int most, List<String> names) {
    static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
    static final CronField HOUR = new CronField("hour", 0, 23, List.of());
    static final CronField DAY = new CronField("day of month", 1, 31, List.of());
    static final CronField MONTH = new CronField(
            "month",
            1,
            12,
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    /** Sunday is both 0 and 7, so that it can begin and end a range. */
    static final CronField WEEKDAY =
            new CronField("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private static final int MOST_DIGITS = 2;

    /**
     * The values that a field selects.
     *
     * @param bits bit n is set if n is selected
     * @param any whether the field restricts nothing: {@code *} or {@code ?} stands in it, without a step
     */
    record Selection(long bits, boolean any) {}

    /** Reads a list of values, ranges and steps, such as {@code 1,10-20/5}. */
    Selection parse(String text) {
        long bits = 0;
        boolean any = false;
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            Selection one = parseOne(text.substring(from, to), text);
            bits |= one.bits();
            any |= one.any();
            from = to + 1;
        }
        return new Selection(bits, any);
    }

    private Selection parseOne(String item, String whole) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0 ? 1 : step(item.substring(slash + 1), whole);
        if (range.equals("*") || range.equals("?")) {
            return new Selection(bits(least, last(), step), step == 1);
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            int first = value(range, whole);
            // As in the cron libraries that users know, 5/15 means 5-59/15.
            return new Selection(bits(first, slash < 0 ? first : Math.max(first, last()), step), false);
        }
        int first = value(range.substring(0, dash), whole);
        int end = value(range.substring(dash + 1), whole);
        if (this.equals(WEEKDAY) && end == 0 && first > 0) {
            end = most;
        }
        if (first > end) {
            throw refusal(whole, range + " runs backwards; list its two parts instead");
        }
        return new Selection(bits(first, end, step), false);
    }

    /** The last value without its second name. */
    private int last() {
        return this.equals(WEEKDAY) ? most - 1 : most;
    }

    private int step(String text, String whole) {
        int step = number(text);
        if (step < 1 || step > last()) {
            throw refusal(whole, "a step must be 1 to " + last());
        }
        return step;
    }

    private int value(String text, String whole) {
        int value = names.indexOf(text.toLowerCase(Locale.ROOT)) + least;
        if (value < least) {
            value = number(text);
        }
        if (value < least || value > most) {
            throw refusal(whole, "'" + text + "' is not " + allowed());
        }
        return value;
    }

    private String allowed() {
        String numbers = "a number from " + least + " to " + most;
        return names.isEmpty() ? numbers : numbers + " or " + names.getFirst() + " to " + names.getLast();
    }

    /** The number that {@code text} is, or -1. */
    private static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return text.isEmpty() || text.length() > MOST_DIGITS ? -1 : number;
    }

    private long bits(int first, int end, int step) {
        long bits = 0;
        for (int value = first; value <= end; value += step) {
            bits |= 1L << (this.equals(WEEKDAY) ? value % most : value);
        }
        return bits;
    }

    private ScheduleException refusal(String whole, String why) {
        return new ScheduleException(label + " '" + whole + "': " + why);
    }
}
