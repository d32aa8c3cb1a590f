package io.tidegate.collector.world;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.DriverSelector;
import io.tidegate.contracts.policy.ScaleTargetRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Spark application to watch.
 *
 * @param workload its id
 * @param labels what its driver pods are known by; none of an application that recurs until it is known which run is its last
 * @param seniority of its policy; a driver that several speak of is the first one's
 * @param told whether this instance tells what it is like; drivers are recognised by every instance, as they send to any
 * @param sampled whether this instance reads it where it does not tell of itself
 * @param object the operator's object; absent if labels name it
 */
public record SparkTarget(
        WorkloadId workload,
        Map<String, String> labels,
        Seniority seniority,
        boolean told,
        boolean sampled,
        @Nullable ScaleTargetRef object) {

    private static final String OF_KUBEFLOW = "sparkoperator.k8s.io/app-name";
    private static final String OF_APACHE = "spark.operator/spark-app-name";

    public SparkTarget {
        labels = Map.copyOf(labels);
    }

    /** One that labels name. */
    public SparkTarget(
            WorkloadId workload, Map<String, String> labels, Seniority seniority, boolean told, boolean sampled) {
        this(workload, labels, seniority, told, sampled, null);
    }

    /** Whether it is run again and again, each time from its template. */
    public boolean recurs() {
        return object != null && object.namesScheduledApplication();
    }

    /** The same, with the run of this name as the one that counts; null if there has been none. */
    public SparkTarget running(@Nullable String run) {
        Map<String, String> known = run == null ? Map.of() : Map.of(OF_KUBEFLOW, run);
        return new SparkTarget(workload, known, seniority, told, sampled, object);
    }

    /** What a policy that scales a Spark application speaks of. */
    static SparkTarget of(PolicyFact policy, boolean told, boolean sampled) {
        return new SparkTarget(
                policy.workload(),
                labels(policy.spec().selector(), policy.spec().scaleTargetRef()),
                Seniority.of(policy),
                told,
                sampled,
                policy.spec().scaleTargetRef());
    }

    private static Map<String, String> labels(@Nullable DriverSelector selector, @Nullable ScaleTargetRef target) {
        if (selector != null) {
            return selector.matchLabels();
        }
        return target == null || target.namesScheduledApplication()
                ? Map.of()
                : Map.of(target.ofApache() ? OF_APACHE : OF_KUBEFLOW, target.name());
    }
}
