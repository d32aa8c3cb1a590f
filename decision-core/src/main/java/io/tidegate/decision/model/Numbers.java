package io.tidegate.decision.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes numbers the same way on every machine. */
final class Numbers {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int GROUP = 3;
    /** Below it a tenth matters. */
    private static final double SMALL = 10;

    private static final long MILLI = 1_000;

    private static final long MEBI = 1L << 20;

    private Numbers() {}

    /** {@code 1 930}. */
    static String whole(long value) {
        String digits = Long.toString(value);
        StringBuilder text = new StringBuilder(digits.length() + digits.length() / GROUP);
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % GROUP == 0) {
                text.append(' ');
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /** {@code 812}, {@code 4.2}. */
    static String rate(double value) {
        long tenths = Math.round(value * 10);
        return value >= SMALL || tenths % 10 == 0 ? whole(Math.round(value)) : tenths / 10 + "." + tenths % 10;
    }

    /** {@code 1 930}, {@code 0.35}, {@code -4.125}: thousandths, exactly. */
    static String decimal(long milli) {
        long rest = Math.abs(milli % MILLI);
        String sign = milli < 0 ? "-" : "";
        String fraction =
                rest == 0 ? "" : "." + Long.toString(MILLI + rest).substring(1).replaceAll("0+$", "");
        return sign + whole(Math.abs(milli / MILLI)) + fraction;
    }

    /** {@code 2.4 s}. */
    static String seconds(Duration duration) {
        return rate(duration.toMillis() / 1_000.0) + " s";
    }

    /** {@code 12:00:31 UTC}. */
    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }

    /** {@code 2026-11-24 05:00 UTC}. */
    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** {@code 1 replica}, {@code 4 replicas}. */
    static String replicas(long count) {
        return counted(count, "replica");
    }

    /** {@code 1 record}, {@code 4 records}. */
    static String records(long count) {
        return counted(count, "record");
    }

    /** {@code 1 partition}, {@code 4 partitions}. */
    static String partitions(long count) {
        return counted(count, "partition");
    }

    /** {@code 1 pod}, {@code 4 pods}. */
    static String pods(long count) {
        return counted(count, "pod");
    }

    /** {@code 1 executor}, {@code 4 executors}. */
    static String executors(long count) {
        return counted(count, "executor");
    }

    /** {@code 84 %}, {@code 350 m}, {@code 512 MiB}. */
    static String amount(long value, String unit) {
        return unit.equals("bytes") && value >= MEBI ? whole(value / MEBI) + " MiB" : whole(value) + " " + unit;
    }

    private static String counted(long count, String noun) {
        return whole(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
