package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Board;
import io.tidegate.dashboards.grafana.Board.Row;
import io.tidegate.dashboards.grafana.Panel;
import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Unit;
import java.util.List;

/** What goes through the topics, and whether those of us who read them keep up. */
final class TopicsBoard {

    private TopicsBoard() {}

    static Board board() {
        return new Board(
                "tidegate-topics",
                "Topics and subscribers",
                "What is written to the topics that subscribers read, whether the services themselves keep up with"
                        + " them, and the records that nobody could read.",
                List.of(),
                List.of(),
                List.of(written(), read(), dead()));
    }

    private static Row written() {
        return Row.of(
                "Written",
                Panel.lines(
                        "tidegate.facts",
                        "Facts that the broker took in a second, by type. Outcomes come from the autoscaler.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_facts_published_total", "type")),
                Panel.lines(
                        "tidegate.decisions",
                        "Decisions told in a second, by action and reason: what subscribers of scale events receive.",
                        Unit.PER_SECOND,
                        new Query(
                                "sum by (action, reason) (rate(tidegate_decisions_total[$__rate_interval]))",
                                "{{action}} {{reason}}")),
                Panel.lines(
                        "Outcomes",
                        "Outcomes in a second, by result.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_actuations_total", "result")),
                Panel.lines(
                        "Time to the broker",
                        "From handing a fact over to the broker's acknowledgement: half and 99 % take no longer.",
                        Unit.SECONDS,
                        ServiceQueries.quantile("0.5", "tidegate_facts_publish_seconds"),
                        ServiceQueries.quantile("0.99", "tidegate_facts_publish_seconds")));
    }

    private static Row read() {
        return Row.of(
                "Read",
                Panel.lines(
                        "Facts read by engines",
                        "Facts read in a second, by type.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_facts_total", "type")),
                Panel.lines(
                        "Engines behind tidegate.facts",
                        "Records that the engine's consumers have not read yet, at most, of any partition.",
                        Unit.RECORDS,
                        new Query(
                                "max by (instance)"
                                        + " (kafka_consumer_fetch_manager_records_lag_max{client_id=~\".*-StreamThread-.*\"})",
                                "{{instance}}")),
                Panel.lines(
                        "Autoscalers behind tidegate.targets",
                        "Age of the engine's last heartbeat as autoscalers see it: how old what they act on may be.",
                        Unit.SECONDS,
                        new Query("tidegate_heartbeat_age_seconds", "{{instance}}")),
                Panel.steps(
                        "Partitions",
                        "Shards of each collector and partitions of tidegate.targets of each autoscaler.",
                        Unit.COUNT,
                        new Query("tidegate_shards", "{{instance}} shards"),
                        new Query("tidegate_partitions_assigned", "{{instance}} partitions")));
    }

    private static Row dead() {
        return Row.of(
                "Not read",
                Panel.lines(
                                "Dead letters in an hour",
                                "Records that could not be read and went to a topic of dead letters.",
                                Unit.COUNT,
                                new Query(
                                        "sum by (instance) (increase(tidegate_dead_letters_total[1h]))",
                                        "{{instance}}"))
                        .badFrom(1),
                Panel.lines(
                        "Facts not used",
                        "Facts that could be read but not used, in a second, by reason.",
                        Unit.PER_SECOND,
                        ServiceQueries.rate("tidegate_facts_refused_total", "reason")));
    }
}
