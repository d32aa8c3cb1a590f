package io.tidegate.contracts.fact;

import io.tidegate.contracts.id.WorkloadId;
import java.util.Objects;

/**
 * One reading of one signal of a workload. When it was read is the event's time.
 *
 * @param workload its id, the key
 * @param signal name of the signal in the policy, or {@link #USAGE} for the workload's pods, or {@link #SPARK} for what a Spark
 *     driver sees
 * @param reading what was read, raw
 */
public record SampleFact(WorkloadId workload, String signal, Reading reading) implements Fact {

    /** Name under which the workload's pods are told, for all resource signals of its policy at once; no policy may use it. */
    public static final String USAGE = "usage";

    /** Name under which a Spark application is told as its driver sees it; no policy may use it. */
    public static final String SPARK = "spark";

    public SampleFact {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(signal, "signal");
        Objects.requireNonNull(reading, "reading");
    }

    @Override
    public String key() {
        return workload.toString();
    }
}
