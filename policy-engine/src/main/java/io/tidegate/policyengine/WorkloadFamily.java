package io.tidegate.policyengine;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;

/** The metrics of single workloads: name, meaning and the labels beyond those that name the workload. */
enum WorkloadFamily {
    CURRENT("tidegate_workload_replicas_current", "Replicas, or executors of a Spark application, that were seen"),
    DESIRED("tidegate_workload_replicas_desired", "Replicas that must be"),
    RECOMMENDED("tidegate_workload_replicas_recommended", "Replicas that the signals ask for, before the guards"),
    MIN("tidegate_workload_replicas_min", "Fewest replicas that the policy allows"),
    MAX("tidegate_workload_replicas_max", "Most replicas that the policy allows"),
    DECISIONS("tidegate_workload_decisions_total", "Decisions told of the workload, by action", "action"),
    REVERSALS(
            "tidegate_workload_reversals_total",
            "Changes of the size that took back another one within 10 minutes: flaps, if there are many"),
    LAST_CHANGE(
            "tidegate_workload_last_change_timestamp_seconds",
            "When the size was last decided to change, with the reason and what it means",
            "action",
            "reason",
            "words"),
    REASON("tidegate_workload_reason", "1 for the reason of the last decision", "reason", "words"),
    LIMITED("tidegate_workload_limited", "1 for the guard that limits the size; none if nothing does", "guard"),
    MODE("tidegate_workload_mode", "1 for the policy's mode", "mode"),
    ACTIVE("tidegate_workload_active", "Whether any signal says that there is work, 1 or 0"),
    STALE("tidegate_workload_stale", "Whether something that decisions need is not known, 1 or 0"),
    OBJECTIVE_HELD(
            "tidegate_workload_objective_held",
            "Whether the objective is expected to hold, 1 or 0; none without an objective or as long as it is not"
                    + " known"),
    OBJECTIVE("tidegate_workload_objective_seconds", "Longest wait that the policy allows, objective.maxLatency"),
    SIGNAL(
            "tidegate_workload_signal",
            "The numbers that the last decision rests on, at most 32; quantity names the unit, see the table of"
                    + " quantities",
            "signal",
            "quantity"),
    LEARNED_RATE("tidegate_workload_learned_rate", "Records a second that one replica has been seen to process"),
    LEARNED_RATE_CONFIDENCE("tidegate_workload_learned_rate_confidence_ratio", "Confidence in that, 0 (a guess) to 1"),
    OUTCOME("tidegate_workload_outcome", "1 for what became of the last target that was acted on", "result");

    private final String familyName;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // A copy that nobody can change.
    private final List<String> labels;

    WorkloadFamily(String familyName, String help, String... further) {
        this.familyName = familyName;
        this.help = help;
        List<String> all = new ArrayList<>(List.of("cluster", "namespace", "kind", "workload"));
        all.addAll(List.of(further));
        labels = List.copyOf(all);
    }

    /** A family without samples. */
    MetricFamilySamples empty() {
        return familyName.endsWith("_total")
                ? new CounterMetricFamily(familyName, help, labels)
                : new GaugeMetricFamily(familyName, help, labels);
    }

    /** One sample of it; the values of labels in the order of the labels. */
    MetricFamilySamples.Sample sample(List<String> labelValues, double value) {
        return new MetricFamilySamples.Sample(familyName, labels, labelValues, value);
    }
}
