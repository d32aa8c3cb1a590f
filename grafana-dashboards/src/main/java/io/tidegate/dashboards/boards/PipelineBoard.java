package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import io.tidegate.dashboards.rules.Objective;
import java.util.List;

/** From observing to acting: whether each part does its share in time, and our own objectives. */
final class PipelineBoard {

    private PipelineBoard() {}

    static Board board() {
        return new Board(
                Boards.PIPELINE,
                "Pipeline health",
                "From observing to acting: which parts run, how old readings are, how long decisions and writes take,"
                        + " what is refused, and how much of our own objectives' budgets is spent.",
                List.of(),
                List.of(),
                List.of(now(), budgets(), observing(), deciding(), acting(), faults()));
    }

    private static Row now() {
        return Row.of(
                "Now",
                running("telemetry-collector", "Collectors"),
                running("policy-engine", "Engines"),
                running("autoscaler", "Autoscalers"),
                Panel.number(
                        "Policies",
                        "Policies that collectors watch; each collector watches all.",
                        Unit.COUNT,
                        new Query("max(tidegate_policies)", "policies")),
                Panel.number(
                                "Oldest reading",
                                "Age of the newest reading of the signal that was read longest ago. Up to 30 s for"
                                        + " workloads at zero.",
                                Unit.SECONDS,
                                new Query("max(tidegate_freshness_seconds)", "age"))
                        .badFrom(Objective.STALE_AFTER_SECONDS),
                Panel.number(
                                "Engine behind",
                                "How far engines are behind the log. From 10 s on they tell no targets.",
                                Unit.SECONDS,
                                new Query("max(tidegate_log_behind_seconds)", "behind"))
                        .badFrom(10),
                Panel.number(
                                "Oldest heartbeat",
                                "Age of the engine's last heartbeat as autoscalers see it. Without, they carry out no"
                                        + " new target.",
                                Unit.SECONDS,
                                new Query("max(tidegate_heartbeat_age_seconds)", "age"))
                        .badFrom(10),
                Panel.number(
                        "Targets held",
                        "Targets that autoscalers hold.",
                        Unit.COUNT,
                        new Query("sum(tidegate_targets_held)", "targets")));
    }

    private static Row budgets() {
        return Row.of(
                "Our own objectives",
                Panel.lines(
                                "Telemetry out of date",
                                "Share of the time for which some reading was too old; the budget is 1 %.",
                                Unit.RATIO,
                                new Query(
                                        "avg_over_time((max(tidegate_freshness_seconds) > bool "
                                                + Objective.STALE_AFTER_SECONDS + ")[5m:15s])",
                                        "stale"))
                        .width(8)
                        .badFrom(0.01),
                Panel.lines(
                                "Decisions that took too long",
                                "Share of samples decided on later than 500 ms after they were observed; the budget is"
                                        + " 1 %.",
                                Unit.RATIO,
                                new Query(
                                        "1 - sum(rate(tidegate_decision_latency_seconds_bucket{le=\"0.5\"}[5m])) / "
                                                + "sum(rate(tidegate_decision_latency_seconds_count[5m]))",
                                        "late"))
                        .width(8)
                        .badFrom(0.01),
                Panel.lines(
                                "Writes that failed",
                                "Share of the targets acted on that failed for a reason that is neither the cluster's"
                                        + " rules nor another writer; the budget is 1 %.",
                                Unit.RATIO,
                                new Query(
                                        "sum(increase(tidegate_actuations_total{result=\"Failed\"}[5m])) /"
                                                + " clamp_min(sum(increase(tidegate_actuations_total{result=~\"Applied|Failed\"}[5m])),"
                                                + " 1)",
                                        "failed"))
                        .width(8)
                        .badFrom(0.01));
    }

    private static Row observing() {
        return Row.of(
                "Observing",
                Panel.lines(
                        "Samples",
                        "Readings in a second, by kind.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_samples_total", "kind")),
                Panel.lines(
                        "Failed readings",
                        "Readings that failed in a second, by reason.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_sample_failures_total", "reason")),
                Panel.lines(
                        "Time to the broker",
                        "From handing a fact over to the broker's acknowledgement: half and 99 % take no longer.",
                        Unit.SECONDS,
                        ServiceQueries.quantile("0.5", "tidegate_facts_publish_seconds"),
                        ServiceQueries.quantile("0.99", "tidegate_facts_publish_seconds")),
                Panel.lines(
                                "Oldest reading of each collector",
                                "Age of the newest reading of the signal that was read longest ago, of each collector.",
                                Unit.SECONDS,
                                new Query("tidegate_freshness_seconds", "{{instance}}"))
                        .badFrom(Objective.STALE_AFTER_SECONDS));
    }

    private static Row deciding() {
        return Row.of(
                "Deciding",
                Panel.lines(
                                "From sample to decision",
                                "From observing a sample to deciding on it: half and 99 % take no longer.",
                                Unit.SECONDS,
                                ServiceQueries.quantile("0.5", "tidegate_decision_latency_seconds"),
                                ServiceQueries.quantile("0.99", "tidegate_decision_latency_seconds")
                                        .withExemplars())
                        .badFrom(0.5),
                Panel.lines(
                        "Decisions",
                        "Decisions told in a second, by action.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_decisions_total", "action")),
                Panel.lines(
                        "Time of one decision",
                        "Time that decision-core takes for one decision, on average.",
                        Unit.SECONDS,
                        new Query(
                                "sum(rate(tidegate_decision_seconds_sum[$__rate_interval])) / "
                                        + "sum(rate(tidegate_decision_seconds_count[$__rate_interval]))",
                                "mean")),
                Panel.lines(
                                "Behind the log",
                                "How far each engine is behind the log.",
                                Unit.SECONDS,
                                new Query("tidegate_log_behind_seconds", "{{instance}}"))
                        .badFrom(10));
    }

    private static Row acting() {
        return Row.of(
                "Acting",
                Panel.lines(
                        "Outcomes",
                        "What became of targets, in a second.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_actuations_total", "result")),
                Panel.lines(
                        "From the fact to the accepted write",
                        "From the append of the fact that a decision is made on to the write that the API server"
                                + " accepted: half and 99 % take no longer.",
                        Unit.SECONDS,
                        ServiceQueries.quantile("0.5", "tidegate_decision_to_write_seconds"),
                        ServiceQueries.quantile("0.99", "tidegate_decision_to_write_seconds")
                                .withExemplars()),
                Panel.lines(
                        "Time of a write",
                        "Time of a write that the API server accepted: half and 99 % take no longer.",
                        Unit.SECONDS,
                        ServiceQueries.quantile("0.5", "tidegate_scale_write_seconds"),
                        ServiceQueries.quantile("0.99", "tidegate_scale_write_seconds")
                                .withExemplars()),
                Panel.lines(
                        "Statuses and Events",
                        "Writes of policies' statuses and of Kubernetes Events in a second, by how they went.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (result) (rate(tidegate_status_writes_total[$__rate_interval]))",
                                "status {{result}}"),
                        new Query(
                                "sum by (result) (rate(tidegate_events_total[$__rate_interval]))",
                                "event {{result}}")));
    }

    private static Row faults() {
        return Row.of(
                "Faults",
                Panel.lines(
                                "Dead letters and lost state",
                                "Records that could not be read, records of the state that were lost, outputs that the"
                                        + " broker refused and outcomes that were dropped, in an hour.",
                                Unit.COUNT,
                                new Query("sum(increase(tidegate_dead_letters_total[1h]))", "dead letters"),
                                new Query("sum(increase(tidegate_state_lost_total[1h]))", "state lost"),
                                new Query("sum(increase(tidegate_outputs_refused_total[1h]))", "outputs refused"),
                                new Query("sum(increase(tidegate_outcomes_lost_total[1h]))", "outcomes lost"))
                        .badFrom(1),
                Panel.lines(
                        "Facts not used",
                        "Facts that could be read but not used, in a second, by reason, and specs that were refused.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_facts_refused_total", "reason"),
                        new Query("sum(rate(tidegate_refused_specs_total[$__rate_interval]))", "refused specs")));
    }

    private static Panel running(String component, String title) {
        return Panel.number(
                title,
                "Instances of the " + component + " that answer.",
                Unit.COUNT,
                new Query("count(tidegate_build_info{component=\"" + component + "\"}) or vector(0)", "instances"));
    }
}
