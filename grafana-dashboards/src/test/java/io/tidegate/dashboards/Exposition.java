package io.tidegate.dashboards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The families of a page of metrics in Prometheus' text format. */
final class Exposition {

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Set<String> OF_THE_FORMAT = Set.of("le", "quantile");

    private Exposition() {}

    /**
     * One family.
     *
     * @param name its name
     * @param type counter, gauge, histogram or summary
     * @param help what it says of itself
     * @param labels names of its labels, but those of the format itself
     */
    record Family(String name, String type, String help, List<String> labels) {}

    /** The families, by name. */
    static List<Family> families(String page) {
        Map<String, String> help = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        String current = "";
        for (String line : page.split("\n", -1)) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words.length > 3 ? words[3].strip() : "");
            } else if (line.startsWith("# TYPE ")) {
                current = words[2];
                types.put(current, words[3]);
                labels.put(current, new LinkedHashSet<>());
            } else if (!line.isBlank()) {
                labels.computeIfAbsent(current, none -> new LinkedHashSet<>()).addAll(labels(line));
            }
        }
        List<Family> families = new ArrayList<>();
        types.forEach((name, type) -> families.add(
                new Family(name, type, help.getOrDefault(name, ""), List.copyOf(labels.getOrDefault(name, Set.of())))));
        families.sort(Comparator.comparing(Family::name));
        return families;
    }

    private static Set<String> labels(String sample) {
        int open = sample.indexOf('{');
        Set<String> names = new LinkedHashSet<>();
        if (open >= 0) {
            Matcher matcher = LABEL.matcher(sample.substring(open));
            while (matcher.find()) {
                if (!OF_THE_FORMAT.contains(matcher.group(1))) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }
}
