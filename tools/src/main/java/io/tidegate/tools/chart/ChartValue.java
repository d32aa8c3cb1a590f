package io.tidegate.tools.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the chart that users may set.
 *
 * @param key where it is, keys joined by dots
 * @param defaultValue what it is unless set, as YAML on one line
 * @param description what the comment above it says
 */
record ChartValue(String key, String defaultValue, String description) {

    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):(?: (.*))?");

    private record Level(int indent, String key) {}

    /**
     * Reads a values file. A key with a comment right above it is a value; one without is a group of values.
     *
     * @throws IllegalArgumentException if a value has no comment
     */
    static List<ChartValue> read(List<String> lines) {
        List<ChartValue> values = new ArrayList<>();
        Deque<Level> path = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.strip().startsWith("#")) {
                comment.add(line.strip().substring(1).strip());
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                int indent = matcher.group(1).length();
                while (!path.isEmpty() && path.getLast().indent() >= indent) {
                    path.removeLast();
                }
                path.addLast(new Level(indent, matcher.group(2)));
                String key = String.join(".", path.stream().map(Level::key).toList());
                String inline = matcher.group(3);
                if (!comment.isEmpty()) {
                    List<String> block = block(lines, i + 1, indent);
                    values.add(new ChartValue(
                            key, inline == null ? String.join(" ", block) : inline, String.join(" ", comment)));
                    i += inline == null ? block.size() : 0;
                } else if (inline != null) {
                    throw new IllegalArgumentException("values.yaml: nothing says what " + key + " is");
                }
            }
            comment.clear();
        }
        return values;
    }

    private static List<String> block(List<String> lines, int from, int indent) {
        List<String> block = new ArrayList<>();
        for (String line : lines.subList(from, lines.size())) {
            if (line.isBlank() || line.length() - line.stripLeading().length() <= indent) {
                break;
            }
            block.add(line.strip());
        }
        return block;
    }
}
