package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** Services that consume topics: lag, waits and rates of their groups, and how the collector reads them. */
final class ConsumersBoard {

    private static final Scope SCOPE = Scope.consumers();

    private ConsumersBoard() {}

    static Board board() {
        return new Board(
                "tidegate-consumers",
                "Kafka consumers",
                "Services that consume topics: how much waits and for how long, what arrives and what is done, what"
                        + " one replica can do, and how the collector watches their groups.",
                SCOPE.variables(),
                List.of(WorkloadBoard.changes(SCOPE)),
                List.of(lag(), rates(), watching()));
    }

    private static Row lag() {
        return Row.of(
                "Lag",
                Panel.lines(
                        "Records that wait",
                        "Records behind the group's commits, of each signal.",
                        Unit.RECORDS,
                        new Query(SCOPE.signal("lag"), Scope.NAME + " {{signal}}")),
                Panel.lines(
                        "Longest wait",
                        "How long the oldest of them has waited, and the longest wait that the policy allows.",
                        Unit.SECONDS,
                        new Query(SCOPE.signal("lagSeconds"), Scope.NAME + " {{signal}}"),
                        new Query(SCOPE.each("tidegate_workload_objective_seconds"), Scope.NAME + " objective")),
                Panel.states(
                                "Objective",
                                "Held while the newest record is expected to be done in time, missed while not.",
                                new Query(
                                        "min by (" + Scope.WORKLOAD + ") ("
                                                + SCOPE.of("tidegate_workload_objective_held") + ")",
                                        Scope.NAME))
                        .named(1, "held", "green")
                        .named(0, "missed", "red"),
                Panel.steps(
                        "Replicas",
                        "Consumers that are there, and those that must be.",
                        Unit.REPLICAS,
                        new Query(SCOPE.each("tidegate_workload_replicas_current"), Scope.NAME + " current"),
                        new Query(SCOPE.each("tidegate_workload_replicas_desired"), Scope.NAME + " desired")));
    }

    private static Row rates() {
        return Row.of(
                "Rates",
                Panel.lines(
                        "Arrival",
                        "Records that arrive in a second.",
                        Unit.RECORDS_PER_SECOND,
                        new Query(SCOPE.signal("arrivalRate"), Scope.NAME + " {{signal}}")),
                Panel.lines(
                        "Progress",
                        "Records that are committed in a second.",
                        Unit.RECORDS_PER_SECOND,
                        new Query(SCOPE.signal("processedRate"), Scope.NAME + " {{signal}}")),
                Panel.lines(
                        "What one replica can do",
                        "Records a second that one busy replica has been seen to process.",
                        Unit.RECORDS_PER_SECOND,
                        new Query(SCOPE.each("tidegate_workload_learned_rate"), Scope.NAME)),
                Panel.lines(
                        "Use of what replicas can do",
                        "Arrival as a share of what all replicas can process. Above 100 % lag grows.",
                        Unit.RATIO,
                        new Query(
                                "sum by (" + Scope.WORKLOAD + ") (" + SCOPE.signal("arrivalRate") + ") / (("
                                        + SCOPE.each("tidegate_workload_learned_rate") + " * "
                                        + SCOPE.each("tidegate_workload_replicas_current") + ") > 0)",
                                Scope.NAME)));
    }

    private static Row watching() {
        return Row.of(
                "How groups are watched",
                Panel.steps(
                        "Signals",
                        "Signals by how they are watched: polled while work moves, watched by a waiting fetch while"
                                + " nothing does.",
                        Unit.COUNT,
                        new Query("sum by (state) (tidegate_signals)", "{{state}}")),
                Panel.lines(
                        "Time of a read of offsets",
                        "From asking the brokers for offsets to the answer: half and 99 % of the reads take no longer.",
                        Unit.SECONDS,
                        ServiceQueries.quantile("0.5", "tidegate_lag_read_seconds"),
                        ServiceQueries.quantile("0.99", "tidegate_lag_read_seconds")),
                Panel.lines(
                        "Wakes",
                        "Workloads at zero that were woken by a record, in a second.",
                        Unit.PER_SECOND,
                        new Query("sum(rate(tidegate_wakes_total[$__rate_interval]))", "wakes")),
                Panel.lines(
                        "Failed readings",
                        "Readings that failed in a second, by reason.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (reason) (rate(tidegate_sample_failures_total[$__rate_interval]))",
                                "{{reason}}")));
    }
}
