package io.tidegate.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The catalogue of metrics, docs/metrics.md. */
final class MetricsCatalogue {

    static final Path FILE = Repository.ROOT.resolve("docs/metrics.md");

    private static final Path PAGE = Path.of("src/test/resources/metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z]\\w+)` \\| (counter|gauge|histogram|summary) \\|");

    private MetricsCatalogue() {}

    /** Its text: the page with the tables of the services filled in. */
    static String render() throws IOException {
        return Files.readString(Repository.MODULE.resolve(PAGE))
                .replace("${telemetry-collector}", table(ServiceMetrics.collector()))
                .replace("${policy-engine}", table(ServiceMetrics.engine()))
                .replace("${autoscaler}", table(ServiceMetrics.autoscaler()));
    }

    /** The metrics that the committed catalogue names. */
    static Set<String> committed() throws IOException {
        Set<String> names = new HashSet<>();
        for (String line : Files.readAllLines(FILE)) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                names.add(row.group(1));
                if (!row.group(2).equals("gauge") && !row.group(2).equals("counter")) {
                    names.addAll(List.of(row.group(1) + "_count", row.group(1) + "_sum"));
                }
                if (row.group(2).equals("histogram")) {
                    names.add(row.group(1) + "_bucket");
                }
            }
        }
        return names;
    }

    static boolean has(Set<String> known, String metric) {
        return known.contains(metric);
    }

    private static String table(String page) {
        StringBuilder table = new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
        for (Exposition.Family family : Exposition.families(page)) {
            String labels = family.labels().isEmpty() ? "" : "`" + String.join("`, `", family.labels()) + "`";
            table.append("| `%s` | %s | %s | %s |\n".formatted(family.name(), family.type(), labels, family.help()));
        }
        return table.toString().stripTrailing();
    }
}
