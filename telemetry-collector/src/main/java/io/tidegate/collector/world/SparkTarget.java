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
 * @param labels what its driver pods are known by
 * @param seniority of its policy; a driver that several speak of is the first one's
 * @param told whether this instance tells what it is like; drivers are recognised by every instance, as they send to any
 * @param sampled whether this instance reads it where it does not tell of itself
 */
public record SparkTarget(
        WorkloadId workload, Map<String, String> labels, Seniority seniority, boolean told, boolean sampled) {

    private static final String OF_KUBEFLOW = "sparkoperator.k8s.io/app-name";
    private static final String OF_APACHE = "spark.operator/spark-app-name";

    public SparkTarget {
        labels = Map.copyOf(labels);
    }

    /** What a policy that scales a Spark application speaks of. */
    static SparkTarget of(PolicyFact policy, boolean told, boolean sampled) {
        return new SparkTarget(
                policy.workload(),
                labels(policy.spec().selector(), policy.spec().scaleTargetRef()),
                Seniority.of(policy),
                told,
                sampled);
    }

    private static Map<String, String> labels(@Nullable DriverSelector selector, @Nullable ScaleTargetRef target) {
        if (selector != null) {
            return selector.matchLabels();
        }
        if (target == null) {
            return Map.of();
        }
        return Map.of(target.apiVersion().startsWith("spark.apache.org/") ? OF_APACHE : OF_KUBEFLOW, target.name());
    }
}
