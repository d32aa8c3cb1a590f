package io.tidegate.collector.kubernetes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes quantities such as {@code 250m}, {@code 1.5Gi} or {@code 2e3}, read exactly and rounded up, as {@code MilliValue} and
 * {@code Value} of apimachinery do. Texts of any size and exponent cost little.
 */
final class Quantities {

    /** Two digits of exponent: nothing beyond them fits a long, and a longer one could make a number of gigabytes. */
    private static final Pattern QUANTITY = Pattern.compile(
            "([+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30}))([A-Za-z]{0,2}|[eE][+-]?[0-9]{1,2})");

    private static final int MOST_CHARACTERS = 70;
    private static final int MOST_QUOTED = 40;
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.ONE.movePointRight(3)),
            Map.entry("M", BigDecimal.ONE.movePointRight(6)),
            Map.entry("G", BigDecimal.ONE.movePointRight(9)),
            Map.entry("T", BigDecimal.ONE.movePointRight(12)),
            Map.entry("P", BigDecimal.ONE.movePointRight(15)),
            Map.entry("E", BigDecimal.ONE.movePointRight(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantities() {}

    /**
     * Thousandths, rounded up.
     *
     * @throws IllegalArgumentException if the text is no quantity, or one that is negative or that a long can't hold
     */
    static long milli(String text) {
        return rounded(text, parse(text).multiply(MILLI));
    }

    /**
     * Whole units, rounded up.
     *
     * @throws IllegalArgumentException if the text is no quantity, or one that is negative or that a long can't hold
     */
    static long units(String text) {
        return rounded(text, parse(text));
    }

    private static BigDecimal parse(String text) {
        Matcher matcher = QUANTITY.matcher(text.length() > MOST_CHARACTERS ? "" : text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(quoted(text) + " is not a quantity such as 250m or 2Gi");
        }
        String suffix = matcher.group(2);
        BigDecimal number = new BigDecimal(matcher.group(1));
        @Nullable BigDecimal unit = UNITS.get(suffix);
        if (unit != null) {
            return number.multiply(unit);
        }
        try {
            return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(quoted(text) + " has no unit that is known", e);
        }
    }

    private static long rounded(String text, BigDecimal number) {
        if (number.signum() < 0) {
            throw new IllegalArgumentException(quoted(text) + " is negative");
        }
        BigDecimal whole = number.setScale(0, RoundingMode.CEILING);
        if (whole.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(quoted(text) + " is more than can be counted");
        }
        return whole.longValueExact();
    }

    private static String quoted(String text) {
        String line = text.codePoints()
                .limit(MOST_QUOTED)
                .map(point -> point < ' ' || point > '~' ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "'" + line + (text.length() > MOST_QUOTED ? "..." : "") + "'";
    }
}
