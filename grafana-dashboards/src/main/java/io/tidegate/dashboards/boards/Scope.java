package io.tidegate.dashboards.boards;

import io.tidegate.dashboards.grafana.Query;
import io.tidegate.dashboards.grafana.Variable;
import java.util.ArrayList;
import java.util.List;

/** The workloads that a dashboard speaks of, and how queries are kept to them. */
final class Scope {

    /** Series that name a workload. */
    static final String WORKLOAD = "cluster, namespace, kind, workload";

    /** Legend of a workload. */
    static final String NAME = "{{namespace}}/{{workload}}";

    private static final String CURRENT = "tidegate_workload_replicas_current";
    private static final String DOMAIN = "cluster=~\"$cluster\",namespace=~\"$namespace\"";

    private final String matchers;
    private final List<Variable> variables;

    private Scope(String matchers, List<Variable> variables) {
        this.matchers = matchers;
        this.variables = variables;
    }

    /** Clusters and namespaces. */
    static Scope namespaces() {
        return new Scope(DOMAIN, domain(""));
    }

    /** Single workloads. */
    static Scope workloads() {
        return workloads("", "");
    }

    /** Single workloads that are no Spark applications. */
    static Scope consumers() {
        return workloads(",kind!~\"Spark.*\"", "kind!~\"Spark.*\"");
    }

    /** Single Spark applications. */
    static Scope spark() {
        return workloads(",kind=~\"Spark.*\"", "kind=~\"Spark.*\"");
    }

    private static Scope workloads(String further, String only) {
        List<Variable> variables = new ArrayList<>(domain(only));
        String and = only.isEmpty() ? "" : "," + only;
        variables.add(Variable.of("workload", "Workload", CURRENT + "{" + DOMAIN + and + "}", "workload"));
        return new Scope(DOMAIN + ",workload=~\"$workload\"" + further, variables);
    }

    private static List<Variable> domain(String only) {
        String cluster = "cluster=~\"$cluster\"" + (only.isEmpty() ? "" : "," + only);
        return List.of(
                Variable.of("cluster", "Cluster", CURRENT + (only.isEmpty() ? "" : "{" + only + "}"), "cluster"),
                Variable.of("namespace", "Namespace", CURRENT + "{" + cluster + "}", "namespace"));
    }

    List<Variable> variables() {
        return variables;
    }

    /** The series of a metric in scope. */
    String of(String metric) {
        return of(metric, "");
    }

    /** The same, with further matchers. */
    String of(String metric, String further) {
        return metric + "{" + matchers + (further.isEmpty() ? "" : "," + further) + "}";
    }

    /** A gauge of each workload: two engines may show the same one for a moment, while a partition moves. */
    String each(String gauge) {
        return each(gauge, "");
    }

    /** The same, with further matchers. */
    String each(String gauge, String further) {
        return "max by (" + WORKLOAD + ") (" + of(gauge, further) + ")";
    }

    /** The reason of the last decision of each workload, in words; {@code by} names it. */
    Query reason(String by) {
        return new Query("max by (" + by + ", reason, words) (" + of("tidegate_workload_reason") + ")", NAME);
    }

    /** A number that the decision rests on, of each signal. */
    String signal(String quantity) {
        return "max by (" + WORKLOAD + ", signal) (" + of("tidegate_workload_signal", "quantity=\"" + quantity + "\"")
                + ")";
    }
}
