package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Annotation;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Column;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** One workload, from what is seen to what is there: signal, recommendation, decision, actual. */
final class WorkloadBoard {

    private static final Scope SCOPE = Scope.workloads();

    private WorkloadBoard() {}

    static Board board() {
        return new Board(
                Boards.WORKLOAD,
                "Workload",
                "One workload from what is seen to what is there: its signals, the size that they ask for, the"
                        + " decision and the size it has. Each change is marked with its reason in words.",
                SCOPE.variables(),
                List.of(changes(SCOPE)),
                List.of(now(), why(), size(), signals(), learned()));
    }

    /** Marks the changes of the size, with the reason in words. */
    static Annotation changes(Scope scope) {
        return new Annotation(
                "Decisions",
                "max by (" + Scope.WORKLOAD + ", action, reason, words) ("
                        + scope.of("tidegate_workload_last_change_timestamp_seconds") + ") * 1000",
                "{{action}} of " + Scope.NAME + ": {{reason}}",
                "{{words}}",
                "action,reason,workload");
    }

    private static Row now() {
        return Row.of(
                "Now",
                Panel.number(
                        "Current", "Replicas that are there.", Unit.COUNT, one("tidegate_workload_replicas_current")),
                Panel.number(
                        "Desired", "Replicas that must be.", Unit.COUNT, one("tidegate_workload_replicas_desired")),
                Panel.number(
                        "Recommended",
                        "Replicas that the signals ask for, before the guards.",
                        Unit.COUNT,
                        one("tidegate_workload_replicas_recommended")),
                Panel.number(
                        "Minimum",
                        "Fewest replicas that the policy allows.",
                        Unit.COUNT,
                        one("tidegate_workload_replicas_min")),
                Panel.number(
                        "Maximum",
                        "Most replicas that the policy allows.",
                        Unit.COUNT,
                        one("tidegate_workload_replicas_max")),
                Panel.number(
                        "Objective held",
                        "Whether the newest record is expected to be done in the time that the policy allows. Empty"
                                + " without an objective.",
                        Unit.YES_NO,
                        new Query("min(" + SCOPE.of("tidegate_workload_objective_held") + ")", "held")),
                Panel.number(
                                "Stale",
                                "Whether something is not known that decisions need. The workload does not shrink"
                                        + " meanwhile.",
                                Unit.YES_NO,
                                one("tidegate_workload_stale"))
                        .badFrom(1),
                Panel.number(
                        "Last change",
                        "When the size was last decided to change.",
                        Unit.TIME,
                        new Query(
                                "max(" + SCOPE.of("tidegate_workload_last_change_timestamp_seconds") + ") * 1000",
                                "last change")));
    }

    private static Row why() {
        return Row.of(
                "Why",
                Panel.table(
                                "Reason",
                                "The reason of the last decision, in words.",
                                SCOPE.reason("workload"),
                                Column.of("workload", "Workload", 140),
                                Column.of("reason", "Reason", 130),
                                Column.rest("words", "In words"))
                        .width(14),
                Panel.states(
                                "Limited by",
                                "The guard that kept the size from what the signals ask for, over time.",
                                new Query(
                                        "max by (" + Scope.WORKLOAD + ", guard) ("
                                                + SCOPE.of("tidegate_workload_limited") + ")",
                                        Scope.NAME + " {{guard}}"))
                        .width(10),
                Panel.states(
                                "Reason over time",
                                "The reason of the decision at each time; one line for each reason.",
                                new Query(
                                        "max by (" + Scope.WORKLOAD + ", reason) ("
                                                + SCOPE.of("tidegate_workload_reason") + ")",
                                        Scope.NAME + " {{reason}}"))
                        .width(14),
                Panel.states(
                                "Outcome over time",
                                "What became of the last target: applied, refused by the cluster, in conflict with"
                                        + " another writer.",
                                new Query(
                                        "max by (" + Scope.WORKLOAD + ", result) ("
                                                + SCOPE.of("tidegate_workload_outcome") + ")",
                                        Scope.NAME + " {{result}}"))
                        .width(10));
    }

    private static Row size() {
        return Row.of(
                "Recommendation, decision, actual",
                Panel.steps(
                                "Size",
                                "What the signals ask for, what was decided and what is there, within the bounds of"
                                        + " the policy.",
                                Unit.REPLICAS,
                                each("tidegate_workload_replicas_recommended", "recommended"),
                                each("tidegate_workload_replicas_desired", "desired"),
                                each("tidegate_workload_replicas_current", "current"),
                                each("tidegate_workload_replicas_min", "min"),
                                each("tidegate_workload_replicas_max", "max"))
                        .width(24));
    }

    private static Row signals() {
        return Row.of(
                "Signals",
                Panel.lines(
                        "Waiting",
                        "Records, rows or tasks that wait, as the last decision saw them.",
                        Unit.COUNT,
                        signal("lag|lagAtLeast|backlog|pendingTasks")),
                Panel.lines(
                        "Longest wait and objective",
                        "How long the oldest record has waited, beside the longest wait that the policy allows.",
                        Unit.SECONDS,
                        signal("lagSeconds|batchSeconds"),
                        each("tidegate_workload_objective_seconds", "objective")),
                Panel.lines(
                        "Arrival and progress",
                        "Records that arrive and that are done in a second. While they cross, work piles up or is"
                                + " caught up with.",
                        Unit.RECORDS_PER_SECOND,
                        signal("arrivalRate|processedRate|inputRate")),
                Panel.lines(
                        "All numbers of the decision",
                        "Each number that the last decision rests on; the unit is that of its quantity, see the"
                                + " catalogue of metrics.",
                        Unit.COUNT,
                        signal(".+")));
    }

    private static Row learned() {
        return Row.of(
                "What was learned",
                Panel.lines(
                        "Rate of one replica",
                        "Records a second that one busy replica has been seen to process.",
                        Unit.RECORDS_PER_SECOND,
                        each("tidegate_workload_learned_rate", "learned rate")),
                Panel.lines(
                        "Confidence",
                        "Confidence in that rate, from 0 (a guess) to 100 %.",
                        Unit.RATIO,
                        each("tidegate_workload_learned_rate_confidence_ratio", "confidence")));
    }

    private static Query one(String metric) {
        return new Query("max(" + SCOPE.of(metric) + ")", "{{workload}}");
    }

    private static Query each(String metric, String what) {
        return new Query(SCOPE.each(metric), Scope.NAME + " " + what);
    }

    private static Query signal(String quantities) {
        return new Query(
                "max by (" + Scope.WORKLOAD + ", signal, quantity) ("
                        + SCOPE.of("tidegate_workload_signal", "quantity=~\"" + quantities + "\"") + ")",
                Scope.NAME + " {{signal}} {{quantity}}");
    }
}
