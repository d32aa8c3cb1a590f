package io.tidegate.dashboards.rules;

import java.util.ArrayList;
import java.util.List;

/** All rules, in groups. */
public final class Rules {

    private static final String BY = "by (cluster, namespace, kind, workload) ";

    private Rules() {}

    /**
     * Rules that are evaluated one after another.
     *
     * @param name its name
     * @param interval how often; empty for Prometheus' own
     * @param recordings recording rules, first
     * @param alerts alerting rules
     */
    public record Group(String name, String interval, List<Recording> recordings, List<Alert> alerts) {
        public Group {
            recordings = List.copyOf(recordings);
            alerts = List.copyOf(alerts);
        }
    }

    /** The recording rules. */
    public static List<Group> recordings() {
        List<Recording> budgets = new ArrayList<>();
        List<Recording> days = new ArrayList<>();
        for (Objective objective : Objective.all()) {
            budgets.addAll(objective.recordings());
            days.addAll(objective.slowRecordings());
        }
        return List.of(
                new Group("tidegate-workloads", "", workloads(), List.of()),
                new Group("tidegate-budgets", "", budgets, List.of()),
                new Group("tidegate-budgets-of-days", "2m", days, List.of()));
    }

    /** The alerting rules. */
    public static List<Group> alerts() {
        return List.of(
                new Group("tidegate-own", "", List.of(), OwnAlerts.all()),
                new Group("tidegate-objectives", "", List.of(), burns()),
                new Group("tidegate-of-workloads", "", List.of(), WorkloadAlerts.all()));
    }

    /** All alerts. */
    public static List<Alert> allAlerts() {
        return alerts().stream().flatMap(group -> group.alerts().stream()).toList();
    }

    private static List<Alert> burns() {
        return Objective.all().stream()
                .flatMap(objective -> objective.alerts().stream())
                .toList();
    }

    private static List<Recording> workloads() {
        return List.of(
                new Recording(
                        "tidegate:telemetry_stale:bool",
                        "max(tidegate_freshness_seconds) > bool " + Objective.STALE_AFTER_SECONDS),
                new Recording(
                        "workload:tidegate_objective_held:min", "min " + BY + "(tidegate_workload_objective_held)"),
                new Recording(
                        "workload:tidegate_replicas_current:max", "max " + BY + "(tidegate_workload_replicas_current)"),
                new Recording(
                        "workload:tidegate_replicas_desired:max", "max " + BY + "(tidegate_workload_replicas_desired)"),
                new Recording(
                        "namespace:tidegate_replicas_current:sum",
                        "sum by (cluster, namespace) (workload:tidegate_replicas_current:max)"));
    }
}
