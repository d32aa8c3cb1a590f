package io.tidegate.collector.kubernetes;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as the API server writes them. */
final class ApiTexts {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,9}))?(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final int MOST_CHARACTERS = 40;

    private ApiTexts() {}

    /**
     * Reads a time such as {@code 2026-01-02T03:04:05Z}, with a year of four digits.
     *
     * @throws IllegalArgumentException if the text is no such time
     */
    static Instant time(String text) {
        if (text.length() < 20 || text.length() > MOST_CHARACTERS || text.charAt(4) != '-') {
            throw new IllegalArgumentException("not a time such as 2026-01-02T03:04:05Z");
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time such as 2026-01-02T03:04:05Z", e);
        }
    }

    /**
     * Reads a duration as Go writes them, such as {@code 15s} or {@code 1m2.5s}.
     *
     * @throws IllegalArgumentException if the text is no such duration
     */
    static Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text.length() > MOST_CHARACTERS ? "" : text);
        int at = 0;
        while (part.find() && part.start() == at) {
            long nanos = NANOS.getOrDefault(part.group(3), 0L);
            String fraction = part.group(2) == null ? "0" : part.group(2);
            sum = sum.plus(Duration.ofNanos(nanos).multipliedBy(Long.parseLong(part.group(1))))
                    .plus(Duration.ofNanos(nanos)
                            .multipliedBy(Long.parseLong(fraction))
                            .dividedBy((long) StrictMath.pow(10, fraction.length())));
            at = part.end();
        }
        if (at == 0 || at < text.length()) {
            throw new IllegalArgumentException("not a duration such as 15s");
        }
        return sum;
    }
}
