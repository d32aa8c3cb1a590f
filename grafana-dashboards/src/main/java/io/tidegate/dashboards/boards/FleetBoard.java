package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Column;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** All workloads at a glance: how many, how large, and which need somebody. */
final class FleetBoard {

    private static final Scope SCOPE = Scope.namespaces();

    private FleetBoard() {}

    static Board board() {
        return new Board(
                Boards.FLEET,
                "Fleet",
                "All workloads at a glance: how many there are, how large they are, what changes, and which need"
                        + " somebody.",
                SCOPE.variables(),
                List.of(),
                List.of(now(), attention(), sizes()));
    }

    private static Row now() {
        return Row.of(
                "Now",
                Panel.number(
                                "Workloads",
                                "Workloads that are decided for.",
                                Unit.COUNT,
                                count("tidegate_workload_replicas_current", ""))
                        .width(4),
                Panel.number(
                                "Active",
                                "Workloads of which a signal says that there is work.",
                                Unit.COUNT,
                                count("tidegate_workload_active", " == 1"))
                        .width(4),
                Panel.number(
                                "Replicas",
                                "Replicas of all workloads together, executors of Spark applications included.",
                                Unit.COUNT,
                                new Query("sum(" + SCOPE.each("tidegate_workload_replicas_current") + ")", "replicas"))
                        .width(4),
                Panel.number(
                                "Objective missed",
                                "Workloads whose newest record is expected to wait for longer than the policy allows.",
                                Unit.COUNT,
                                count("tidegate_workload_objective_held", " == 0"))
                        .width(4)
                        .badFrom(1),
                Panel.number(
                                "Stale",
                                "Workloads of which something is not known that decisions need. They never shrink"
                                        + " meanwhile.",
                                Unit.COUNT,
                                count("tidegate_workload_stale", " == 1"))
                        .width(4)
                        .badFrom(1),
                Panel.number(
                                "At the maximum",
                                "Workloads that are as large as their policies allow.",
                                Unit.COUNT,
                                new Query(
                                        "count(" + SCOPE.each("tidegate_workload_replicas_current") + " >= "
                                                + SCOPE.each("tidegate_workload_replicas_max") + ") or vector(0)",
                                        "workloads"))
                        .width(4)
                        .badFrom(1));
    }

    private static Row attention() {
        return Row.of(
                "What needs somebody",
                Panel.table(
                                "Reasons",
                                "Why each workload is as it is: the reason of its last decision, in words. With its"
                                        + " numbers, the sentence is in the policy's status and in"
                                        + " tidegate.decisions.",
                                SCOPE.reason(Scope.WORKLOAD),
                                Column.of("cluster", "Cluster", 120),
                                Column.of("namespace", "Namespace", 150),
                                Column.of("kind", "Kind", 140),
                                Column.of("workload", "Workload", 200),
                                Column.of("reason", "Reason", 160),
                                Column.rest("words", "In words"))
                        .width(Panel.COLUMNS),
                Panel.table(
                        "Limits",
                        "Which guard keeps a workload from the size that its signals ask for. Empty rows are missing:"
                                + " nothing limits the others.",
                        new Query(
                                "max by (cluster, namespace, workload, guard) (" + SCOPE.of("tidegate_workload_limited")
                                        + ")",
                                Scope.NAME),
                        Column.of("cluster", "Cluster", 100),
                        Column.of("namespace", "Namespace", 140),
                        Column.of("workload", "Workload", 200),
                        Column.rest("guard", "Guard")),
                Panel.steps(
                                "Reversals in an hour",
                                "Changes of the size that took back another one within 10 minutes, of the workloads"
                                        + " with the most. From 4 on a workload counts as flapping.",
                                Unit.COUNT,
                                new Query(
                                        "topk(10, sum by (" + Scope.WORKLOAD + ") (increase("
                                                + SCOPE.of("tidegate_workload_reversals_total") + "[1h])))",
                                        Scope.NAME))
                        .badFrom(4));
    }

    private static Row sizes() {
        return Row.of(
                "Sizes and changes",
                Panel.steps(
                                "Replicas by namespace",
                                "Replicas that are there, summed up for each namespace.",
                                Unit.REPLICAS,
                                new Query(
                                        "sum by (cluster, namespace) ("
                                                + SCOPE.each("tidegate_workload_replicas_current") + ")",
                                        "{{cluster}}/{{namespace}}"))
                        .width(8),
                Panel.steps(
                                "Current and desired",
                                "Replicas of all workloads: those that are there, and those that must be. A gap that"
                                        + " stays is a cluster that does not give what is asked for.",
                                Unit.REPLICAS,
                                new Query("sum(" + SCOPE.each("tidegate_workload_replicas_current") + ")", "current"),
                                new Query("sum(" + SCOPE.each("tidegate_workload_replicas_desired") + ")", "desired"))
                        .width(8),
                Panel.lines(
                                "Decisions",
                                "Decisions told in each second, by action. Holds are told only when their reason"
                                        + " changes.",
                                Unit.PER_SECOND,
                                new Query(
                                        "sum by (action) (rate(" + SCOPE.of("tidegate_workload_decisions_total")
                                                + "[$__rate_interval]))",
                                        "{{action}}"))
                        .width(8));
    }

    private static Query count(String metric, String condition) {
        return new Query("count(" + SCOPE.each(metric) + condition + ") or vector(0)", "workloads");
    }
}
