package io.tidegate.dashboards.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A course of series in which an alert comes and goes, one value a minute in promtool's notation.
 *
 * @param alert the alert
 * @param series what is read: selector and values
 * @param fires a time at which it fires
 * @param resolved a later time at which it does not
 * @param labels labels of the series that it fires for
 */
public record Scenario(
        String alert, Map<String, String> series, String fires, String resolved, Map<String, String> labels) {
    public Scenario {
        series = new LinkedHashMap<>(series);
        labels = new LinkedHashMap<>(labels);
    }

    /** The file that promtool reads. */
    static Map<String, Object> test(Alert alert, Scenario scenario) {
        Map<String, Object> firing = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>(scenario.labels());
        labels.putAll(RuleFiles.labels(alert));
        firing.put("exp_labels", labels);
        Map<String, String> annotations = new LinkedHashMap<>();
        RuleFiles.annotations(alert).forEach((name, text) -> annotations.put(name, scenario.filledIn(text)));
        firing.put("exp_annotations", annotations);

        Map<String, Object> test = new LinkedHashMap<>();
        test.put("name", alert.name());
        test.put("interval", "1m");
        test.put(
                "input_series",
                scenario.series().entrySet().stream()
                        .map(entry -> Map.of("series", entry.getKey(), "values", entry.getValue()))
                        .map(entry -> (Object) new TreeMap<>(entry))
                        .toList());
        test.put(
                "alert_rule_test",
                List.of(at(scenario.fires(), alert, List.of(firing)), at(scenario.resolved(), alert, List.of())));
        return test;
    }

    private static Map<String, Object> at(String time, Alert alert, List<Object> expected) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("eval_time", time);
        node.put("alertname", alert.name());
        node.put("exp_alerts", expected);
        return node;
    }

    private String filledIn(String text) {
        String filled = text;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            filled = filled.replace("{{ $labels." + label.getKey() + " }}", label.getValue());
        }
        return filled;
    }
}
