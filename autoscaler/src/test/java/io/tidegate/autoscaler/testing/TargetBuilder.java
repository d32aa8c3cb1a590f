package io.tidegate.autoscaler.testing;

import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Fallback;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.contracts.target.Target.RunTemplate;
import io.tidegate.contracts.target.Target.SparkDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets for tests: a Deployment of 2 replicas that must have 5. */
public final class TargetBuilder {

    private WorkloadId workload = new WorkloadId("test", "sales", "Deployment", "orders");
    private PolicyId policy = new PolicyId("test", "sales", "orders");
    private @Nullable ScaleResource scale = new ScaleResource("apps/v1", "deployments");
    private String decisionId = "";
    private String policyUid = "uid-1";
    private long generation = 1;
    private Mode mode = Mode.Enforce;
    private long sequence = 1;
    private @Nullable Integer current = 2;
    private @Nullable Integer replicas = 5;
    private @Nullable Fallback fallback;
    private Instant decidedAt = Instant.parse("2026-01-02T03:04:05.678Z");
    private @Nullable String limitedBy;
    private @Nullable Instant nextPossibleChange;
    private boolean ruling = true;
    private @Nullable SparkDriver driver;

    private @Nullable RunTemplate template;

    public static TargetBuilder target() {
        return new TargetBuilder();
    }

    public TargetBuilder workload(String namespace, String name) {
        workload = new WorkloadId(workload.cluster(), namespace, workload.kind(), name);
        policy = new PolicyId(policy.cluster(), namespace, name);
        return this;
    }

    public TargetBuilder cluster(String cluster) {
        workload = new WorkloadId(cluster, workload.namespace(), workload.kind(), workload.name());
        policy = new PolicyId(cluster, policy.namespace(), policy.name());
        return this;
    }

    public TargetBuilder policyNamespace(String namespace) {
        policy = new PolicyId(policy.cluster(), namespace, policy.name());
        return this;
    }

    public TargetBuilder scale(@Nullable ScaleResource newScale) {
        scale = newScale;
        return this;
    }

    /** Makes it the target of a Spark application with this driver. */
    public TargetBuilder driver(String pod, String uid, int floor) {
        return driver(new SparkDriver(pod, uid, floor, false));
    }

    /** Makes it the target of a Spark application with this driver. */
    public TargetBuilder driver(SparkDriver asked) {
        scale = null;
        driver = asked;
        workload = new WorkloadId(workload.cluster(), workload.namespace(), WorkloadId.SPARK_DRIVER, workload.name());
        return this;
    }

    /** Makes it the target of a recurring Spark application, with 2 to 80 executors, while none of its runs is on. */
    public TargetBuilder template(String uid, boolean dynamic, boolean write) {
        scale = null;
        template = new RunTemplate(
                "sparkoperator.k8s.io/v1beta2", "scheduledsparkapplications", uid, dynamic, 2, 80, write);
        workload =
                new WorkloadId(workload.cluster(), workload.namespace(), "ScheduledSparkApplication", workload.name());
        return this;
    }

    public TargetBuilder decisionId(String id) {
        decisionId = id;
        return this;
    }

    public TargetBuilder policyUid(String uid) {
        policyUid = uid;
        return this;
    }

    public TargetBuilder generation(long newGeneration) {
        generation = newGeneration;
        return this;
    }

    public TargetBuilder mode(Mode newMode) {
        mode = newMode;
        return this;
    }

    public TargetBuilder sequence(long newSequence) {
        sequence = newSequence;
        return this;
    }

    public TargetBuilder from(@Nullable Integer newCurrent) {
        current = newCurrent;
        return this;
    }

    public TargetBuilder to(@Nullable Integer newReplicas) {
        replicas = newReplicas;
        return this;
    }

    public TargetBuilder fallback(Duration after, int fallbackReplicas) {
        fallback = new Fallback(after, fallbackReplicas);
        return this;
    }

    public TargetBuilder decidedAt(Instant at) {
        decidedAt = at;
        return this;
    }

    public TargetBuilder limitedBy(String guard) {
        limitedBy = guard;
        nextPossibleChange = Instant.parse("2026-01-02T03:05:05Z");
        return this;
    }

    public TargetBuilder notRuling() {
        ruling = false;
        return this;
    }

    public Target build() {
        return new Target(
                workload,
                policy,
                policyUid,
                generation,
                mode,
                decisionId.isEmpty() ? "d" + sequence : decisionId,
                sequence,
                scale,
                current,
                replicas,
                "LagAboveThreshold",
                current + " -> " + replicas + ": 50 records wait.",
                limitedBy,
                decidedAt,
                nextPossibleChange,
                null,
                null,
                List.of(new Condition("Fresh", "True", "SignalsFresh", "all signals are fresh")),
                fallback,
                ruling,
                null,
                driver,
                template,
                null);
    }
}
