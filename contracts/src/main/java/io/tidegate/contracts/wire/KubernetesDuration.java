package io.tidegate.contracts.wire;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Kubernetes users write them: whole numbers with units {@code h}, {@code m}, {@code s}, {@code ms}, in that order. */
public final class KubernetesDuration {

    /** What the CRDs accept too. */
    public static final String PATTERN = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,9}ms)?$";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    private KubernetesDuration() {}

    /**
     * Parses a duration such as {@code 1m30s}.
     *
     * @throws IllegalArgumentException if it is empty or not of that form
     */
    public static Duration parse(String text) {
        Matcher matcher = COMPILED.matcher(text);
        if (text.isEmpty() || text.length() > 40 || !matcher.matches()) {
            throw new IllegalArgumentException("not a duration such as 10s, 1m30s or 500ms: '"
                    + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "'");
        }
        return Duration.ofHours(number(matcher.group(1), 1))
                .plusMinutes(number(matcher.group(2), 1))
                .plusSeconds(number(matcher.group(3), 1))
                .plusMillis(number(matcher.group(4), 2));
    }

    /**
     * Writes a duration to the millisecond, such as {@code 1m30s}.
     *
     * @throws IllegalArgumentException if it is negative, which has no such form
     */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration must not be negative: " + duration);
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static long number(@Nullable String part, int unitLength) {
        return part == null ? 0 : Long.parseLong(part.substring(0, part.length() - unitLength));
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }
}
