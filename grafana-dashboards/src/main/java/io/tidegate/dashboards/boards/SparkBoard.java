package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Column;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** Spark applications: executors asked for and given, work left, and what their drivers send. */
final class SparkBoard {

    private static final Scope SCOPE = Scope.spark();

    private SparkBoard() {}

    static Board board() {
        return new Board(
                Boards.SPARK,
                "Spark",
                "Spark applications: executors that were asked for and that are there, the work that is left, batches"
                        + " of streaming queries, and whether the drivers' telemetry arrives.",
                SCOPE.variables(),
                List.of(WorkloadBoard.changes(SCOPE)),
                List.of(executors(), work(), telemetry()));
    }

    private static Row executors() {
        return Row.of(
                "Executors",
                Panel.steps(
                        "Asked for and there",
                        "Executors that must be and those that run. Below what was asked for, the cluster does not"
                                + " give them.",
                        Unit.EXECUTORS,
                        each("tidegate_workload_replicas_desired", "desired"),
                        each("tidegate_workload_replicas_current", "current"),
                        each("tidegate_workload_replicas_max", "max")),
                Panel.lines(
                        "Busy",
                        "Executors that run a task, beside all that are registered. Idle ones are kept for as long as"
                                + " others take to start.",
                        Unit.EXECUTORS,
                        signal("executors"),
                        signal("executorsBusy")),
                Panel.table(
                                "Why",
                                "The reason of each application's last decision, in words.",
                                SCOPE.reason("workload"),
                                Column.of("workload", "Application", 140),
                                Column.of("reason", "Reason", 130),
                                Column.rest("words", "In words"))
                        .width(14),
                Panel.lines(
                                "Share of executors that is busy",
                                "100 % means that more executors may help; far below, there are too many.",
                                Unit.RATIO,
                                new Query(
                                        SCOPE.signal("executorsBusy") + " / (" + SCOPE.signal("executors") + " > 0)",
                                        Scope.NAME))
                        .width(10));
    }

    private static Row work() {
        return Row.of(
                "Work",
                Panel.lines(
                        "Tasks",
                        "Tasks of active stages that wait for a slot, and those that run.",
                        Unit.TASKS,
                        signal("pendingTasks"),
                        signal("runningTasks")),
                Panel.lines(
                        "Batches of streaming queries",
                        "How long the last micro-batch took, beside the longest wait that the policy allows.",
                        Unit.SECONDS,
                        signal("batchSeconds"),
                        each("tidegate_workload_objective_seconds", "objective")),
                Panel.lines(
                        "Backlog of streaming queries",
                        "Rows that are in the source and not in a batch yet.",
                        Unit.ROWS,
                        signal("backlog")),
                Panel.lines(
                        "Rows that arrive",
                        "Rows that arrive in a second, as the query says.",
                        Unit.RECORDS_PER_SECOND,
                        signal("inputRate")));
    }

    private static Row telemetry() {
        return Row.of(
                "Telemetry of drivers",
                Panel.lines(
                        "Snapshots",
                        "Snapshots that drivers sent in a second, by what became of them.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (result) (rate(tidegate_spark_snapshots_total[$__rate_interval]))",
                                "{{result}}")),
                Panel.lines(
                        "Refused senders and lost snapshots",
                        "Bodies that were refused in a second, by reason, and snapshots that drivers could not send.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (reason) (rate(tidegate_spark_bodies_refused_total[$__rate_interval]))",
                                "{{reason}}"),
                        new Query("sum(rate(tidegate_spark_snapshots_lost_total[$__rate_interval]))", "lost")));
    }

    private static Query each(String metric, String what) {
        return new Query(SCOPE.each(metric), Scope.NAME + " " + what);
    }

    private static Query signal(String quantity) {
        return new Query(SCOPE.signal(quantity), Scope.NAME + " " + quantity);
    }
}
