package io.tidegate.dashboards.rules;

import io.tidegate.dashboards.rules.Alert.Severity;
import io.tidegate.dashboards.rules.Alert.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A service level objective: a share of the time, or of events, that may be bad. Its budget is watched over pairs of windows, as
 * chapter 5 of The Site Reliability Workbook has it: the long one says that much was spent, the short one that it still goes on.
 *
 * @param record name of the recorded ratios, without the window
 * @param alert name of its alerts, without the rate
 * @param subject what it speaks of
 * @param budget share that may be bad
 * @param bad share that is bad, for a window
 * @param days whether it is also watched over days, which costs a long look back for each series
 * @param what what is bad, as a clause
 */
public record Objective(
        String record,
        String alert,
        Subject subject,
        double budget,
        UnaryOperator<String> bad,
        boolean days,
        String what) {

    /**
     * A reading that is older is too old: workloads at zero are read every 30 s, and half of that may be lost on the way.
     */
    public static final int STALE_AFTER_SECONDS = 45;

    /** All of them. */
    public static List<Objective> all() {
        return List.of(telemetry(), latency(), actuation(), workloads());
    }

    private static Objective telemetry() {
        return new Objective(
                "tidegate:telemetry_stale:ratio",
                "TidegateTelemetryBurn",
                Subject.PIPELINE,
                0.01,
                window -> "avg_over_time(tidegate:telemetry_stale:bool[" + window + "])",
                true,
                "readings of some signal are older than " + STALE_AFTER_SECONDS + " s");
    }

    private static Objective latency() {
        return new Objective(
                "tidegate:decision_late:ratio",
                "TidegateDecisionLatencyBurn",
                Subject.PIPELINE,
                0.01,
                window -> "1 - sum(rate(tidegate_decision_latency_seconds_bucket{le=\"0.5\"}[" + window + "]))"
                        + " / sum(rate(tidegate_decision_latency_seconds_count[" + window + "]))",
                true,
                "samples are decided on later than 500 ms after they were observed");
    }

    /** Of at least ten writes, so that a single failure in a quiet hour wakes nobody. */
    private static Objective actuation() {
        return new Objective(
                "tidegate:actuation_failed:ratio",
                "TidegateActuationBurn",
                Subject.PIPELINE,
                0.01,
                window -> "sum(increase(tidegate_actuations_total{result=\"Failed\"}[" + window + "]))"
                        + " / clamp_min(sum(increase(tidegate_actuations_total{result=~\"Applied|Failed\"}[" + window
                        + "])), 10)",
                true,
                "writes of sizes fail");
    }

    private static Objective workloads() {
        return new Objective(
                "workload:tidegate_objective_missed:ratio",
                "TidegateObjectiveBurn",
                Subject.WORKLOAD,
                0.01,
                window -> "1 - avg_over_time(workload:tidegate_objective_held:min[" + window + "])",
                false,
                "the objective of {{ $labels.kind }} {{ $labels.namespace }}/{{ $labels.workload }} is not held");
    }

    /** The ratios of its shorter windows. */
    List<Recording> recordings() {
        return recordings("5m", "30m", "1h", "6h");
    }

    /** The ratios of windows of days, which need not be computed as often. */
    List<Recording> slowRecordings() {
        return days ? recordings("2h", "1d", "3d") : List.of();
    }

    private List<Recording> recordings(String... windows) {
        List<Recording> recordings = new ArrayList<>();
        for (String window : windows) {
            recordings.add(new Recording(record + "_" + window, bad.apply(window)));
        }
        return recordings;
    }

    /** Its alerts. */
    List<Alert> alerts() {
        String summary = "Too much of the time, " + what;
        if (days) {
            return List.of(
                    new Alert(
                            alert + "Fast",
                            Severity.CRITICAL,
                            spent("1h", "5m", 14.4) + " or " + spent("6h", "30m", 6),
                            "2m",
                            subject,
                            summary,
                            "At this rate a month's budget is spent within 2 to 5 days: " + what + "."),
                    new Alert(
                            alert + "Slow",
                            Severity.WARNING,
                            spent("1d", "2h", 3) + " or " + spent("3d", "6h", 1),
                            "1h",
                            subject,
                            summary,
                            "At this rate a month's budget is spent before the month is over: " + what + "."));
        }
        return List.of(
                new Alert(
                        alert + "Fast",
                        Severity.CRITICAL,
                        spent("1h", "5m", 14.4),
                        "2m",
                        subject,
                        summary,
                        "At this rate a month's budget is spent within 2 days: " + what + "."),
                new Alert(
                        alert + "Slow",
                        Severity.WARNING,
                        spent("6h", "30m", 6),
                        "15m",
                        subject,
                        summary,
                        "At this rate a month's budget is spent within 5 days: " + what + "."));
    }

    private String spent(String longWindow, String shortWindow, double times) {
        String more = " > " + times + " * " + budget;
        return "(" + record + "_" + longWindow + more + " and " + record + "_" + shortWindow + more + ")";
    }
}
