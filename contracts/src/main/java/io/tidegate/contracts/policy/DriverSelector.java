package io.tidegate.contracts.policy;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names a recurring Spark application by the labels of its driver pods, in the policy's own namespace.
 *
 * @param matchLabels labels that a driver pod must have, 1 to 16, in the order of their names; that it is a driver goes without saying
 */
public record DriverSelector(Map<String, String> matchLabels) {

    /** Most labels of one selector. */
    public static final int MAX_LABELS = 16;

    private static final String PART = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + PART);
    private static final Pattern VALUE = Pattern.compile("(" + PART + ")?");

    public DriverSelector {
        Objects.requireNonNull(matchLabels, "selector.matchLabels");
        if (matchLabels.isEmpty() || matchLabels.size() > MAX_LABELS) {
            throw new IllegalArgumentException(
                    "selector.matchLabels must have 1 to " + MAX_LABELS + " labels: " + matchLabels.size());
        }
        matchLabels.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("selector.matchLabels has a name that no label can have");
            }
            if (value == null || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("selector.matchLabels has a value that no label can have");
            }
        });
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
    }
}
