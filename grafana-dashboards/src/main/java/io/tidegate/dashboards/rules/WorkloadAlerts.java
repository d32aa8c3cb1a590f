package io.tidegate.dashboards.rules;

import io.tidegate.dashboards.rules.Alert.Severity;
import io.tidegate.dashboards.rules.Alert.Subject;
import java.util.List;

/** Alerts on workloads, for those who own them. */
final class WorkloadAlerts {

    /** Labels that name a workload. */
    private static final String BY = "max by (cluster, namespace, kind, workload) ";

    private static final String IT = "{{ $labels.kind }} {{ $labels.namespace }}/{{ $labels.workload }}";
    private static final String SPARK = "{kind=~\"Spark.*\"}";

    private WorkloadAlerts() {}

    static List<Alert> all() {
        return List.of(
                of(
                        "TidegateStuckAtMax",
                        "(" + BY + "(tidegate_workload_replicas_recommended) > " + BY
                                + "(tidegate_workload_replicas_max)) and (" + BY
                                + "(tidegate_workload_replicas_current) >= " + BY + "(tidegate_workload_replicas_max))",
                        "15m",
                        IT + " needs more than its policy allows",
                        "It has been as large as replicas.max allows for 15 minutes, and its signals ask for more."),
                of(
                        "TidegateWorkloadStale",
                        BY + "(tidegate_workload_stale) == 1",
                        "5m",
                        "Nothing fresh is known of " + IT,
                        "Something that its decisions need has not been known for 5 minutes. It does not shrink"
                                + " meanwhile."),
                of(
                        "TidegateRefusedByCluster",
                        BY + "(tidegate_workload_outcome{result=~\"Refused|Failed\"}) == 1",
                        "5m",
                        "The cluster refuses the size of " + IT,
                        "The last write of its size was refused or failed: a quota, an admission rule, missing rights"
                                + " or the API server. The server's words are in the policy's status."),
                of(
                        "TidegateConflictingWriter",
                        BY + "(tidegate_workload_outcome{result=\"Conflicted\"}) == 1",
                        "5m",
                        "Somebody else writes the size of " + IT,
                        "Another writer owns the field or has changed it twice; Tidegate stands back."),
                of(
                        "TidegateFlapping",
                        "sum by (cluster, namespace, kind, workload) (increase(tidegate_workload_reversals_total[1h]))"
                                + " > 3",
                        "0m",
                        IT + " goes up and down",
                        "Its size was changed and taken back within 10 minutes at least 4 times in an hour."),
                of(
                        "TidegateUndecided",
                        BY + "(tidegate_workload_reason{reason=~\"InvalidPolicy|DecisionFailed|TargetMissing\"}) == 1",
                        "5m",
                        "Nothing is decided for " + IT,
                        "Its policy can't be used, its target does not exist, or decisions fail; its size stays as it"
                                + " is."),
                of(
                        "TidegateOnFallback",
                        BY
                                + "(tidegate_workload_reason{reason=\"Fallback\"} or"
                                + " tidegate_workload_outcome{result=\"FellBack\"}) == 1",
                        "1m",
                        IT + " runs at its fallback size",
                        "Its signals, or the engine's targets, have been away for longer than fallback.after."),
                spark(
                        "TidegateSparkStarved",
                        BY + "(tidegate_workload_replicas_current" + SPARK + ") < " + BY
                                + "(tidegate_workload_replicas_desired" + SPARK + ")",
                        "10m",
                        IT + " does not get its executors",
                        "Fewer executors than decided have been there for 10 minutes: no node has room, a quota is in"
                                + " the way, or they do not start."),
                spark(
                        "TidegateSparkIdle",
                        "(" + signal("executors") + " > 0) and (" + signal("executorsBusy") + " == 0)",
                        "15m",
                        IT + " holds executors that do nothing",
                        "No executor has run a task for 15 minutes, and some are still there."));
    }

    private static Alert of(String name, String expr, String forTime, String summary, String description) {
        return new Alert(name, Severity.WARNING, expr, forTime, Subject.WORKLOAD, summary, description);
    }

    private static Alert spark(String name, String expr, String forTime, String summary, String description) {
        return new Alert(name, Severity.WARNING, expr, forTime, Subject.SPARK, summary, description);
    }

    private static String signal(String quantity) {
        return BY + "(tidegate_workload_signal{kind=~\"Spark.*\",quantity=\"" + quantity + "\"})";
    }
}
