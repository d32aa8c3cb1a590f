package io.tidegate.contracts.wire;

/** The beginning of a text of unknown origin. It never ends within a character that takes two: a record with half of one is refused. */
public final class Excerpt {

    private static final String MORE = "...";

    private Excerpt() {}

    /** The text as it is, or its first {@code most} characters, or one less, and an ellipsis. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean within = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, within ? most - 1 : most) + MORE;
    }

    /** The text as it is, or its beginning with an ellipsis, {@code most} characters at most in all. */
    public static String within(String text, int most) {
        return text.length() <= most ? text : of(text, most - MORE.length());
    }

    /** As {@link #of}, fit for a line of a log: a question mark stands for each control character and each half of a character. */
    public static String line(String text, int most) {
        // Not more than is shown is looked at, however long the text is.
        String shown = of(text, most);
        return shown.codePoints().anyMatch(Excerpt::isNoCharacter)
                ? shown.codePoints()
                        .map(point -> isNoCharacter(point) ? '?' : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : shown;
    }

    private static boolean isNoCharacter(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
