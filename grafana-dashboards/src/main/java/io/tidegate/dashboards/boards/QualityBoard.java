package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** How good the decisions are: too much, too little, too often, and what it all saves. */
final class QualityBoard {

    private static final Scope SCOPE = Scope.workloads();

    private QualityBoard() {}

    static Board board() {
        return new Board(
                "tidegate-quality",
                "Decision quality",
                "How good the decisions are: replicas beyond what was asked for and those that were missing, sizes"
                        + " taken back soon, objectives held, and what was saved against a size that never changes.",
                SCOPE.variables(),
                List.of(WorkloadBoard.changes(SCOPE)),
                List.of(cost(), provision(), stability()));
    }

    private static Row cost() {
        String used = "avg_over_time(" + SCOPE.of("tidegate_workload_replicas_current") + "[$__range])";
        String peak = "max_over_time(" + SCOPE.of("tidegate_workload_replicas_desired") + "[$__range])";
        String hours = " * $__range_s / 3600";
        return Row.of(
                "Over the chosen time",
                Panel.number(
                                "Used",
                                "Replica-hours that the workloads took.",
                                Unit.REPLICA_HOURS,
                                new Query("sum(" + used + ")" + hours, "used"))
                        .width(6),
                Panel.number(
                                "Saved against a static size",
                                "Replica-hours that were not needed, beside running all the time with the largest size"
                                        + " that was decided.",
                                Unit.REPLICA_HOURS,
                                new Query("(sum(" + peak + ") - sum(" + used + "))" + hours, "saved"))
                        .width(6),
                Panel.number(
                                "Share saved",
                                "The same as a share of what the static size takes.",
                                Unit.RATIO,
                                new Query("1 - sum(" + used + ") / (sum(" + peak + ") > 0)", "saved"))
                        .width(6),
                Panel.number(
                                "Objective held",
                                "Share of the time for which objectives were expected to hold, of all workloads that"
                                        + " have one.",
                                Unit.RATIO,
                                new Query(
                                        "avg(avg_over_time(" + SCOPE.of("tidegate_workload_objective_held")
                                                + "[$__range]))",
                                        "held"))
                        .width(6));
    }

    private static Row provision() {
        String wanted = SCOPE.each("tidegate_workload_replicas_recommended");
        String current = SCOPE.each("tidegate_workload_replicas_current");
        return Row.of(
                "Too much, too little",
                Panel.lines(
                        "Beyond what is asked for",
                        "Replicas that are there though the signals ask for fewer: those that a window or a limit"
                                + " still keeps.",
                        Unit.REPLICAS,
                        new Query("clamp_min(" + current + " - " + wanted + ", 0)", Scope.NAME)),
                Panel.lines(
                        "Missing",
                        "Replicas that the signals ask for and that are not there: not given by the cluster, or not"
                                + " allowed by the policy.",
                        Unit.REPLICAS,
                        new Query("clamp_min(" + wanted + " - " + current + ", 0)", Scope.NAME)));
    }

    private static Row stability() {
        return Row.of(
                "Steadiness",
                Panel.lines(
                        "Changes in an hour",
                        "Decisions of the last hour that changed the size, by direction.",
                        Unit.COUNT,
                        new Query(
                                "sum by (" + Scope.WORKLOAD + ", action) (increase("
                                        + SCOPE.of("tidegate_workload_decisions_total", "action!=\"Hold\"") + "[1h]))",
                                Scope.NAME + " {{action}}")),
                Panel.lines(
                                "Reversals in an hour",
                                "Changes that took back another one within 10 minutes. From 4 on a workload counts as"
                                        + " flapping.",
                                Unit.COUNT,
                                new Query(
                                        "sum by (" + Scope.WORKLOAD + ") (increase("
                                                + SCOPE.of("tidegate_workload_reversals_total") + "[1h]))",
                                        Scope.NAME))
                        .badFrom(4),
                Panel.lines(
                        "Objective missed",
                        "Share of the last 5 minutes for which the objective was not expected to hold.",
                        Unit.RATIO,
                        new Query(
                                "1 - avg by (" + Scope.WORKLOAD + ") (avg_over_time("
                                        + SCOPE.of("tidegate_workload_objective_held") + "[5m]))",
                                Scope.NAME)),
                Panel.lines(
                        "Decided without data",
                        "Share of the last 5 minutes for which something was not known that decisions need.",
                        Unit.RATIO,
                        new Query(
                                "avg by (" + Scope.WORKLOAD + ") (avg_over_time(" + SCOPE.of("tidegate_workload_stale")
                                        + "[5m]))",
                                Scope.NAME)));
    }
}
