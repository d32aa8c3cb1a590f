package io.tidegate.contracts.policy;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time on the wall by which a batch application must have ended. Whether zone and days have a meaning is not checked here.
 *
 * @param at time of the day, such as {@code 06:00}
 * @param timeZone name of the zone in which it is read, such as {@code Europe/Amsterdam}
 * @param days days of the week it holds on, as in a cron expression, such as {@code MON-FRI}; absent means each day
 */
public record Deadline(String at, String timeZone, @Nullable String days) {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    public Deadline {
        Objects.requireNonNull(at, "deadline.at");
        Objects.requireNonNull(timeZone, "deadline.timeZone");
        if (!TIME.matcher(at).matches()) {
            throw new IllegalArgumentException("deadline.at must be a time of the day from 00:00 to 23:59");
        }
    }
}
