package io.tidegate.dashboards.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One course of series for each alert, and the file of tests that is made of them. */
public final class Scenarios {

    /** File of the tests, in the folder of the rules. */
    public static final String FILE = "tests/tidegate-alerts.test.yaml";

    private static final Map<String, String> ORDERS = workload("Deployment", "orders");
    private static final Map<String, String> NIGHTLY = workload("SparkDriver", "nightly");

    private Scenarios() {}

    /** The file, as promtool reads it. */
    public static String file() {
        Map<String, Alert> alerts = new LinkedHashMap<>();
        Rules.allAlerts().forEach(alert -> alerts.put(alert.name(), alert));
        List<Object> tests = new ArrayList<>();
        for (Scenario scenario : all()) {
            Alert alert = alerts.get(scenario.alert());
            if (alert == null) {
                throw new IllegalStateException("no alert is named " + scenario.alert());
            }
            tests.add(Scenario.test(alert, scenario));
        }
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("rule_files", List.of("../" + RuleFiles.RECORDINGS, "../" + RuleFiles.ALERTS));
        file.put("evaluation_interval", "1m");
        file.put("tests", tests);
        return RuleFiles.yaml(file);
    }

    /** All of them. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(own());
        all.addAll(burns());
        all.addAll(ofWorkloads());
        return all;
    }

    private static List<Scenario> own() {
        Map<String, String> engine = Map.of("instance", "engine-0");
        return List.of(
                new Scenario(
                        "TidegateComponentAbsent",
                        series(
                                "tidegate_build_info{component=\"telemetry-collector\"}", "1x60",
                                "tidegate_build_info{component=\"policy-engine\"}", "_x20 1x40",
                                "tidegate_build_info{component=\"autoscaler\"}", "1x60"),
                        "10m",
                        "30m",
                        Map.of("component", "policy-engine")),
                instance("TidegateEngineBehind", "tidegate_log_behind_seconds", "0x5 60x10 0x20", "12m"),
                instance("TidegateHeartbeatsMissing", "tidegate_heartbeat_age_seconds", "1x5 60x10 1x20", "12m"),
                instance("TidegateDeadLetters", "tidegate_dead_letters_total", "0x5 3x30", "8m"),
                instance("TidegateRecordsLost", "tidegate_outputs_refused_total", "0x5 1x30", "8m"),
                new Scenario(
                        "TidegateReadingsFailing",
                        series(
                                "tidegate_samples_total{kind=\"offsets\"}", "0+60x60",
                                "tidegate_samples_total{kind=\"failed\"}", "0+60x20 1200x40"),
                        "18m",
                        "30m",
                        Map.of()),
                new Scenario(
                        "TidegateSendersRefused",
                        series(
                                "tidegate_spark_bodies_refused_total{reason=\"unproven\"}", "0x5 7x30",
                                "tidegate_spark_bodies_refused_total{reason=\"rate\"}", "0+7x35"),
                        "8m",
                        "30m",
                        Map.of("reason", "unproven")),
                new Scenario(
                        "TidegateWorkloadsUnlisted",
                        series(
                                "tidegate_workloads{instance=\"engine-0\"}", "2500x50 1500x20",
                                "tidegate_workloads_listed{instance=\"engine-0\"}", "2000x50 1500x20"),
                        "40m",
                        "60m",
                        engine));
    }

    private static Scenario instance(String alert, String metric, String values, String fires) {
        return new Scenario(
                alert,
                series(metric + "{instance=\"engine-0\"}", values),
                fires,
                "30m",
                Map.of("instance", "engine-0"));
    }

    private static List<Scenario> burns() {
        String bucket = "tidegate_decision_latency_seconds_bucket{le=\"0.5\"}";
        String count = "tidegate_decision_latency_seconds_count";
        String failed = "tidegate_actuations_total{result=\"Failed\"}";
        String applied = "tidegate_actuations_total{result=\"Applied\"}";
        String held = series("tidegate_workload_objective_held", ORDERS);
        return List.of(
                own("TidegateTelemetryBurnFast", "70m", "140m", "tidegate_freshness_seconds", "5x50 90x30 5x120"),
                own(
                        "TidegateTelemetryBurnSlow",
                        "300m",
                        "900m",
                        "tidegate_freshness_seconds",
                        slow("5x11 90x0 5x0", "5x700")),
                own(
                        "TidegateDecisionLatencyBurnFast",
                        "70m",
                        "140m",
                        bucket,
                        "0+90x50 4500+30x30 5430+100x120",
                        count,
                        "0+100x200"),
                own(
                        "TidegateDecisionLatencyBurnSlow",
                        "400m",
                        "900m",
                        bucket,
                        "0+96x420 40320+100x700",
                        count,
                        "0+100x1121"),
                own("TidegateActuationBurnFast", "70m", "140m", failed, "0x50 0+1x30 30x120", applied, "0+1x200"),
                own("TidegateActuationBurnSlow", "400m", "900m", failed, "0+0.04x420 16.8x700", applied, "0+1x1121"),
                new Scenario("TidegateObjectiveBurnFast", series(held, "1x50 0x30 1x120"), "70m", "140m", ORDERS),
                new Scenario("TidegateObjectiveBurnSlow", series(held, "1x300 0x60 1x240"), "358m", "600m", ORDERS));
    }

    /** A course that is bad for a minute in each twelve, and good from then on. */
    private static String slow(String round, String after) {
        return (round + " ").repeat(25) + after;
    }

    private static Scenario own(String alert, String fires, String resolved, String... series) {
        return new Scenario(alert, series(series), fires, resolved, Map.of());
    }

    private static List<Scenario> ofWorkloads() {
        return List.of(
                new Scenario(
                        "TidegateStuckAtMax",
                        series(
                                series("tidegate_workload_replicas_recommended", ORDERS), "14x30 9x20",
                                series("tidegate_workload_replicas_current", ORDERS), "12x50",
                                series("tidegate_workload_replicas_max", ORDERS), "12x50"),
                        "20m",
                        "40m",
                        ORDERS),
                of("TidegateWorkloadStale", "tidegate_workload_stale", Map.of(), "1x20 0x20"),
                of("TidegateRefusedByCluster", "tidegate_workload_outcome", Map.of("result", "Refused"), "1x20 _x20"),
                of(
                        "TidegateConflictingWriter",
                        "tidegate_workload_outcome",
                        Map.of("result", "Conflicted"),
                        "1x20 _x20"),
                new Scenario(
                        "TidegateFlapping",
                        series(series("tidegate_workload_reversals_total", ORDERS), "0+0.2x40 8x100"),
                        "40m",
                        "120m",
                        ORDERS),
                of("TidegateUndecided", "tidegate_workload_reason", Map.of("reason", "InvalidPolicy"), "1x20 _x20"),
                of("TidegateOnFallback", "tidegate_workload_reason", Map.of("reason", "Fallback"), "1x20 _x20"),
                new Scenario(
                        "TidegateSparkStarved",
                        series(
                                series("tidegate_workload_replicas_current", NIGHTLY), "2x20 8x20",
                                series("tidegate_workload_replicas_desired", NIGHTLY), "8x40"),
                        "15m",
                        "30m",
                        NIGHTLY),
                new Scenario(
                        "TidegateSparkIdle",
                        series(
                                quantity("executors"), "4x30 0x20",
                                quantity("executorsBusy"), "0x30 0x20"),
                        "20m",
                        "40m",
                        NIGHTLY));
    }

    private static Scenario of(String alert, String metric, Map<String, String> further, String values) {
        Map<String, String> labels = new LinkedHashMap<>(ORDERS);
        labels.putAll(further);
        return new Scenario(alert, series(series(metric, labels), values), "10m", "35m", ORDERS);
    }

    private static String quantity(String quantity) {
        Map<String, String> labels = new LinkedHashMap<>(NIGHTLY);
        labels.put("signal", "spark");
        labels.put("quantity", quantity);
        return series("tidegate_workload_signal", labels);
    }

    private static Map<String, String> workload(String kind, String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("cluster", "eu");
        labels.put("namespace", "sales");
        labels.put("kind", kind);
        labels.put("workload", name);
        return labels;
    }

    private static String series(String metric, Map<String, String> labels) {
        List<String> matchers = new ArrayList<>();
        labels.forEach((name, value) -> matchers.add(name + "=\"" + value + "\""));
        return metric + "{" + String.join(",", matchers) + "}";
    }

    /** Selectors and values in turn. */
    private static Map<String, String> series(String... pairs) {
        Map<String, String> series = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            series.put(pairs[i], pairs[i + 1]);
        }
        return series;
    }
}
