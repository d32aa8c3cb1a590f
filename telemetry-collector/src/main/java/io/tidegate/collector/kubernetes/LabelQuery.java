package io.tidegate.collector.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A label selector. One without requirements selects nothing: a workload never owns all pods of its namespace.
 *
 * @param requirements all must hold
 */
record LabelQuery(List<Requirement> requirements) {

    static final LabelQuery NOTHING = new LabelQuery(List.of());

    private static final Pattern SET = Pattern.compile("^(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)$");
    private static final Pattern EQUALITY = Pattern.compile("^([^=!\\s]+)\\s*(==|=|!=)\\s*([^=!\\s]*)$");
    private static final Pattern PRESENCE = Pattern.compile("^(!?)\\s*([^=!\\s()]+)$");
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");
    private static final int LONGEST = 10_000;

    LabelQuery {
        requirements = List.copyOf(requirements);
    }

    /** One condition on one label. */
    sealed interface Requirement {
        String label();
    }

    record In(String label, Set<String> values) implements Requirement {}

    record NotIn(String label, Set<String> values) implements Requirement {}

    record Exists(String label) implements Requirement {}

    record Absent(String label) implements Requirement {}

    /** The value is a name with a number behind it, as pods of a StatefulSet have. */
    record Numbered(String label, String name) implements Requirement {
        boolean isMetBy(String value) {
            int dash = value.lastIndexOf('-');
            return dash == name.length()
                    && value.startsWith(name)
                    && value.length() > dash + 1
                    && value.chars().skip(dash + 1L).allMatch(digit -> digit >= '0' && digit <= '9');
        }
    }

    boolean matches(Map<String, String> labels) {
        return !requirements.isEmpty() && requirements.stream().allMatch(requirement -> holds(requirement, labels));
    }

    private static boolean holds(Requirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.label());
        return switch (requirement) {
            case In in -> value != null && in.values().contains(value);
            case NotIn notIn -> value == null || !notIn.values().contains(value);
            case Exists exists -> value != null;
            case Absent absent -> value == null;
            case Numbered numbered -> value != null && numbered.isMetBy(value);
        };
    }

    /** The same, and one more condition; a query for nothing stays one. */
    LabelQuery and(Requirement more) {
        return requirements.isEmpty()
                ? this
                : new LabelQuery(
                        Stream.concat(requirements.stream(), Stream.of(more)).toList());
    }

    /**
     * Parses what a scale subresource says in {@code status.selector}.
     *
     * @throws IllegalArgumentException if it is not a label selector
     */
    static LabelQuery parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a label selector of " + text.length() + " characters is too long");
        }
        return new LabelQuery(COMMA_OUTSIDE_PARENTHESES
                .splitAsStream(text)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(LabelQuery::requirement)
                .toList());
    }

    private static Requirement requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = values(Stream.of(set.group(3).split(",", -1)));
            return set.group(2).equals("in") ? new In(set.group(1), values) : new NotIn(set.group(1), values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            Set<String> value = Set.of(equality.group(3));
            return equality.group(2).equals("!=")
                    ? new NotIn(equality.group(1), value)
                    : new In(equality.group(1), value);
        }
        Matcher presence = PRESENCE.matcher(part);
        if (presence.matches()) {
            return presence.group(1).isEmpty() ? new Exists(presence.group(2)) : new Absent(presence.group(2));
        }
        throw new IllegalArgumentException("not a label selector: '" + part + "'");
    }

    /**
     * Reads the {@code spec.selector} of a Deployment, StatefulSet or ReplicaSet.
     *
     * @throws IllegalArgumentException if it is not a label selector
     */
    static LabelQuery of(@Nullable Object selector) {
        if (!(selector instanceof Map<?, ?> map)) {
            return NOTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        if (map.get("matchLabels") instanceof Map<?, ?> labels) {
            labels.forEach(
                    (label, value) -> requirements.add(new In(String.valueOf(label), Set.of(String.valueOf(value)))));
        }
        if (map.get("matchExpressions") instanceof Collection<?> expressions) {
            expressions.forEach(expression -> requirements.add(expression(expression)));
        }
        return new LabelQuery(requirements);
    }

    private static Requirement expression(@Nullable Object expression) {
        if (!(expression instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not a label selector: " + expression);
        }
        String label = String.valueOf(map.get("key"));
        Set<String> values = map.get("values") instanceof Collection<?> list
                ? values(list.stream().map(String::valueOf))
                : Set.of();
        return switch (String.valueOf(map.get("operator"))) {
            case "In" -> new In(label, values);
            case "NotIn" -> new NotIn(label, values);
            case "Exists" -> new Exists(label);
            case "DoesNotExist" -> new Absent(label);
            default ->
                throw new IllegalArgumentException("unknown operator in a label selector: " + map.get("operator"));
        };
    }

    private static Set<String> values(Stream<String> values) {
        return values.map(String::strip).collect(Collectors.toUnmodifiableSet());
    }
}
