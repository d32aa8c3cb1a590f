package io.tidegate.dashboards.rules;

import io.tidegate.dashboards.rules.Alert.Severity;
import io.tidegate.dashboards.rules.Alert.Subject;
import java.util.List;

/** Alerts on Tidegate itself. */
final class OwnAlerts {

    private OwnAlerts() {}

    static List<Alert> all() {
        return List.of(
                of(
                        "TidegateComponentAbsent",
                        Severity.CRITICAL,
                        absent("telemetry-collector") + " or " + absent("policy-engine") + " or "
                                + absent("autoscaler"),
                        "2m",
                        "No {{ $labels.component }} answers",
                        "Prometheus reads metrics of no instance of {{ $labels.component }}. Sizes stay as they are,"
                                + " or go to the fallback of their policies."),
                of(
                        "TidegateEngineBehind",
                        Severity.CRITICAL,
                        "max by (instance) (tidegate_log_behind_seconds) > 10",
                        "2m",
                        "The engine {{ $labels.instance }} is behind the log",
                        "It tells no targets until it has caught up; sizes stay as they are meanwhile."),
                of(
                        "TidegateHeartbeatsMissing",
                        Severity.CRITICAL,
                        "max by (instance) (tidegate_heartbeat_age_seconds) > 10",
                        "1m",
                        "The autoscaler {{ $labels.instance }} gets no heartbeats of the engine",
                        "Targets of at least one partition are not proven fresh: none is newly carried out, and"
                                + " policies with a fallback go to it."),
                of(
                        "TidegateDeadLetters",
                        Severity.WARNING,
                        "sum by (instance) (increase(tidegate_dead_letters_total[15m])) > 0",
                        "0m",
                        "{{ $labels.instance }} could not read records",
                        "They lie in a topic of dead letters with the reason in their headers; all other records were"
                                + " read."),
                of(
                        "TidegateRecordsLost",
                        Severity.WARNING,
                        lost("tidegate_state_lost_total") + " or " + lost("tidegate_outputs_refused_total") + " or "
                                + lost("tidegate_outcomes_lost_total"),
                        "0m",
                        "{{ $labels.instance }} lost records",
                        "State could not be read, the broker refused outputs, or outcomes were dropped since Kafka was"
                                + " away for too long."),
                of(
                        "TidegateReadingsFailing",
                        Severity.WARNING,
                        "sum(rate(tidegate_samples_total{kind=\"failed\"}[5m])) /"
                                + " sum(rate(tidegate_samples_total[5m])) > 0.1",
                        "10m",
                        "More than a tenth of all readings fails",
                        "Brokers, the metrics API or Spark drivers do not answer the collector; the workloads that"
                                + " they concern do not shrink meanwhile."),
                of(
                        "TidegateSendersRefused",
                        Severity.WARNING,
                        "sum by (reason) (increase(tidegate_spark_bodies_refused_total"
                                + "{reason=~\"unproven|no_pod|other_application\"}[15m])) > 0",
                        "0m",
                        "Senders of Spark telemetry were refused: {{ $labels.reason }}",
                        "Somebody sends without a token that proves a driver pod, or speaks of an application that is"
                                + " not its own."),
                of(
                        "TidegateWorkloadsUnlisted",
                        Severity.INFO,
                        "max by (instance) (tidegate_workloads - tidegate_workloads_listed) > 0",
                        "30m",
                        "The engine {{ $labels.instance }} has workloads without series of their own",
                        "They are scaled as all others, but dashboards and alerts of workloads do not see them."));
    }

    private static Alert of(
            String name, Severity severity, String expr, String forTime, String summary, String description) {
        return new Alert(name, severity, expr, forTime, Subject.PIPELINE, summary, description);
    }

    private static String absent(String component) {
        return "absent(tidegate_build_info{component=\"" + component + "\"})";
    }

    private static String lost(String counter) {
        return "sum by (instance) (increase(" + counter + "[15m])) > 0";
    }
}
