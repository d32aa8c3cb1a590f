package io.tidegate.dashboards;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of a query without Prometheus. Whether it can be parsed is shown by promtool. */
final class PromQl {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring|group_left)\\s*\\([^)]*\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
    private static final Pattern WINDOW = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:$.])[a-zA-Z_][\\w:]*(?![\\w:]*\\s*\\()");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "by", "on", "without", "ignoring", "group_left", "le");

    private PromQl() {}

    /** The metrics that a query reads. */
    static Set<String> metrics(String expr) {
        String bare = STRING.matcher(expr).replaceAll("");
        bare = SELECTOR.matcher(bare).replaceAll(" ");
        bare = WINDOW.matcher(bare).replaceAll(" ");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        Set<String> metrics = new TreeSet<>();
        Matcher names = NAME.matcher(bare);
        while (names.find()) {
            if (!WORDS.contains(names.group())) {
                metrics.add(names.group());
            }
        }
        return metrics;
    }

    /** The counters that a query reads other than by their growth. */
    static Set<String> countersNotRated(String expr) {
        Set<String> found = new TreeSet<>();
        Matcher counters = Pattern.compile("([\\w:]*\\([\\s]*)?\\b(\\w+_(?:total|count|sum|bucket))\\b(?=[{\\[\\s)])")
                .matcher(STRING.matcher(expr).replaceAll("\"\""));
        while (counters.find()) {
            String around = counters.group(1) == null ? "" : counters.group(1).replaceAll("\\s", "");
            if (!Set.of("rate(", "increase(").contains(around)) {
                found.add(counters.group(2));
            }
        }
        return found;
    }
}
