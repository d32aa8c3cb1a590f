package io.tidegate.policyengine.decide;

import io.tidegate.contracts.fact.WorkloadFact.SparkDriver;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.decision.policy.Objective;
import io.tidegate.decision.policy.Policy;
import io.tidegate.policyengine.state.WorkloadState.ObservedTarget;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deadline that whoever started a run of a Spark application gave to it; it wins over what the policy says of all its runs. */
public final class RunDeadline {

    private RunDeadline() {}

    /** The rules for the run that is observed. A stream's wait stays what it is: a stream does not end. */
    public static Policy applied(Policy policy, @Nullable ObservedTarget observed) {
        Instant deadline = deadline(observed);
        if (deadline == null || !policy.ofSpark() || policy.latency().isPresent()) {
            return policy;
        }
        return new Policy(
                policy.mode(),
                policy.min(),
                policy.max(),
                Optional.of(new Objective.By(deadline)),
                policy.signals(),
                policy.behavior(),
                policy.fallback(),
                policy.formula());
    }

    private static @Nullable Instant deadline(@Nullable ObservedTarget observed) {
        SparkDriver driver = observed == null ? null : observed.fact().driver();
        SparkRun run = driver == null ? null : driver.run();
        return run == null ? null : run.deadline();
    }
}
