package io.tidegate.tools.manifest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a scalar without quotes is for kubectl: as YAML 1.1 has it, so that {@code on} and {@code y} are truth values, but without its numbers of base 60 and its
 * times, so that {@code 22:00} is a text.
 */
final class KubernetesScalars extends Resolver {

    private static final Pattern TRUTH =
            Pattern.compile("^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$");
    private static final Pattern WHOLE =
            Pattern.compile("^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$");
    private static final Pattern FRACTION = Pattern.compile(
            "^(?:[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    private static final Pattern NOTHING = Pattern.compile("^(?:~|null|Null|NULL| )$");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, TRUTH, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, FRACTION, "-+0123456789.");
        addImplicitResolver(Tag.MERGE, Pattern.compile("^<<$"), "<");
        addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
        addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
    }

    /** The content of a scalar with one of the tags above; a text if it has another one. */
    static @Nullable Object content(Tag tag, String text) {
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return "yYtT".indexOf(text.charAt(0)) >= 0 || text.equalsIgnoreCase("on");
        }
        if (tag.equals(Tag.INT)) {
            return whole(text.replace("_", ""));
        }
        if (tag.equals(Tag.FLOAT)) {
            return fraction(text);
        }
        return text;
    }

    /** A number that is too large for 64 bits becomes a fraction, as it does for kubectl. */
    private static Object whole(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        int skip = 0;
        if (digits.startsWith("0b") || digits.startsWith("0o") || digits.startsWith("0x")) {
            radix = digits.charAt(1) == 'b' ? 2 : digits.charAt(1) == 'o' ? 8 : 16;
            skip = 2;
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
            skip = 1;
        }
        try {
            return Long.parseLong((negative ? "-" : "") + digits.substring(skip), radix);
        } catch (NumberFormatException e) {
            return radix == 10 ? (Object) Double.valueOf(text) : text;
        }
    }

    private static double fraction(String text) {
        int dot = text.indexOf('.');
        String word = dot < 0 ? "" : text.substring(dot + 1);
        if (word.equalsIgnoreCase("inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return word.equalsIgnoreCase("nan") ? Double.NaN : Double.parseDouble(text);
    }
}
