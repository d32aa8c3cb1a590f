package io.tidegate.bench.spark;

import io.tidegate.bench.spark.SparkReport.Comparison;
import io.tidegate.bench.spark.SparkReport.Result;
import java.util.Locale;

/** The report, for the person at the terminal. */
final class SparkTable {
    private SparkTable() {}

    static String row(Trial trial) {
        return String.format(
                Locale.ROOT,
                "run %d  %-9s %-28s makespan %6.1f s, %6.1f executor-seconds%s%s%s",
                trial.run(),
                trial.job().label(),
                trial.way().title(),
                trial.makespanSeconds(),
                trial.executorSeconds(),
                trial.lostTasks() > 0 ? ", " + trial.lostTasks() + " tasks lost" : "",
                trial.missed() ? ", too late" : "",
                trial.exact() ? "" : ", WRONG RESULT");
    }

    static String of(SparkReport report) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nMedians of %d run%s, at most %d executors. After the first run Tidegate knows what it saw of a job before.%n%n",
                report.runs(),
                report.runs() == 1 ? "" : "s",
                report.most()));
        line(text, "job", "way", "makespan", "executor-s", "lost", "missed", "makespan", "executor-s");
        line(text, "", "", "s", "", "tasks", "deadline", "Tidegate's / its", "");
        for (Result result : report.results()) {
            Comparison ratio = report.comparisons().stream()
                    .filter(one -> one.job() == result.job() && one.against() == result.way())
                    .findFirst()
                    .orElse(null);
            line(
                    text,
                    result.job().label(),
                    result.way().title(),
                    number(result.makespan(), 1),
                    number(result.executorSeconds(), 1),
                    String.valueOf(result.lostTasks()),
                    String.valueOf(result.missed()),
                    ratio == null ? "" : number(ratio.makespan(), 2),
                    ratio == null
                            ? ""
                            : number(ratio.executorSeconds(), 2)
                                    + (ratio.reached() ? "" : "  (aim: 1.05, " + ratio.most() + ")"));
        }
        return text.toString();
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static void line(StringBuilder text, String... cells) {
        text.append(String.format(Locale.ROOT, "  %-9s  %-28s  %8s  %10s  %5s  %8s  %16s  %s", (Object[]) cells)
                .stripTrailing());
        text.append(System.lineSeparator());
    }
}
