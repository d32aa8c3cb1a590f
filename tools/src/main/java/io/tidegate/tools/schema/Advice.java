package io.tidegate.tools.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What to do about a violation, where the schema's own description does not say it. */
final class Advice {

    /** No field has a longer name. */
    private static final int LONGEST = 100;

    private Advice() {}

    static String unknownField(String name, Collection<String> known, String names) {
        return known.stream()
                .filter(each -> name.length() <= LONGEST)
                .min(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(nearest -> distance(name, nearest) <= Math.max(1, name.length() / 3))
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse(names.isEmpty() ? "Remove it." : "Remove it; there are " + names + ".");
    }

    static String required(String name, String description) {
        return "Add " + name + (description.isEmpty() ? "." : ": " + description);
    }

    static String type(String wanted, String description) {
        String form = switch (wanted) {
            case "integer" -> "Write a whole number without quotes.";
            case "number" -> "Write a number without quotes.";
            case "boolean" -> "Write true or false without quotes.";
            case "string" -> "Write a text, in quotes if it looks like a number or as true, false, yes, no, on or off.";
            case "array" -> "Write a list.";
            case "object" -> "Write a map of fields.";
            default -> "Write a whole number or a text.";
        };
        return description.isEmpty() ? form : form + " " + description;
    }

    /** How many characters must be put in, taken out or changed to make one name of the other. */
    private static int distance(String from, String to) {
        String one = from.toLowerCase(Locale.ROOT);
        String other = to.toLowerCase(Locale.ROOT);
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int kept = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
