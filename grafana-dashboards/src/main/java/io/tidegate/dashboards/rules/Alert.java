package io.tidegate.dashboards.rules;

import java.util.Locale;
import java.util.Objects;

/**
 * An alerting rule.
 *
 * @param name its name, also the heading of its section in docs/runbook.md
 * @param severity who is told, and when
 * @param expr PromQL
 * @param forTime how long it must be so
 * @param subject what it speaks of
 * @param summary one line
 * @param description what it means for whom, in a sentence or two
 */
public record Alert(
        String name,
        Severity severity,
        String expr,
        String forTime,
        Subject subject,
        String summary,
        String description) {

    /** Where the sections of the runbook are read. */
    public static final String RUNBOOK = "https://tidegate.io/docs/runbook.md";

    public Alert {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(expr, "expr");
        Objects.requireNonNull(forTime, "forTime");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(description, "description");
    }

    /** The section of the runbook: that of the alert's own name, which both rates of a burn share. */
    public String runbookUrl() {
        return RUNBOOK + "#" + section().toLowerCase(Locale.ROOT);
    }

    /** Heading of its section in the runbook. */
    public String section() {
        return name.replaceFirst("(Fast|Slow)$", "");
    }

    /** Who is told, and when. */
    public enum Severity {
        /** Somebody is woken. */
        CRITICAL("critical"),
        /** Somebody looks within the day. */
        WARNING("warning"),
        /** Worth knowing. */
        INFO("info");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        /** Value of the label {@code severity}. */
        public String label() {
            return label;
        }
    }

    /** What an alert speaks of, and the dashboard that shows it. */
    public enum Subject {
        /** Tidegate itself. */
        PIPELINE("tidegate", "/d/tidegate-pipeline"),
        /** One workload, named by labels. */
        WORKLOAD("workload", "/d/tidegate-workload" + Subject.OF_WORKLOAD),
        /** One Spark application, named by labels. */
        SPARK("workload", "/d/tidegate-spark" + Subject.OF_WORKLOAD);

        private static final String OF_WORKLOAD = "?var-cluster={{ $labels.cluster }}"
                + "&var-namespace={{ $labels.namespace }}&var-workload={{ $labels.workload }}";

        private final String area;
        private final String dashboard;

        Subject(String area, String dashboard) {
            this.area = area;
            this.dashboard = dashboard;
        }

        /** Value of the label {@code area}: who owns it, us or a workload's owner. */
        public String area() {
            return area;
        }

        /** Path of the dashboard, below the address of Grafana. */
        public String dashboard() {
            return dashboard;
        }
    }
}
