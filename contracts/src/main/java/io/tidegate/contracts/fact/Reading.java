package io.tidegate.contracts.fact;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was read of a signal; nothing in it is derived. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reading.Offsets.class, name = "offsets"),
    @JsonSubTypes.Type(value = Reading.Usage.class, name = "usage"),
    @JsonSubTypes.Type(value = Reading.Pods.class, name = "pods"),
    @JsonSubTypes.Type(value = Reading.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Reading.Spark.class, name = "spark"),
    @JsonSubTypes.Type(value = Reading.Value.class, name = "value")
})
public sealed interface Reading {

    /** Most entries of one reading; a body of the largest size holds fewer. */
    int MAX_ENTRIES = 20_000;

    /** Most containers of one pod; the API server takes no pod that comes near it. */
    int MAX_CONTAINERS = 1_000;

    /**
     * Offsets of a consumer group.
     *
     * @param partitions one entry for each partition of the group's topics
     */
    record Offsets(List<PartitionOffsets> partitions) implements Reading {
        public Offsets {
            partitions = bounded("partitions", partitions);
        }
    }

    /**
     * Offsets of one partition. What is absent is unknown, never 0.
     *
     * @param topic topic
     * @param partition partition number
     * @param committed next offset the group will read; absent if it has committed none
     * @param start offset of the first record kept; absent if it was not read
     * @param end an offset that all records which a consumer can receive lie before; absent if it could not be read. It is the
     *     partition's end offset, or {@code committed} (or {@code start}, where that is greater or nothing is committed) once a fetch has
     *     shown that no consumer receives anything from there to the end, as behind the last record of a transaction
     */
    record PartitionOffsets(
            String topic,
            int partition,
            @Nullable Long committed,
            @Nullable Long start,
            @Nullable Long end) {
        public PartitionOffsets {
            Objects.requireNonNull(topic, "topic");
            if (partition < 0) {
                throw new IllegalArgumentException("partition must not be negative: " + partition);
            }
            Amounts.require("committed", committed);
            Amounts.require("start", start);
            Amounts.require("end", end);
        }
    }

    /**
     * What the metrics API says of the workload's pods, without what the pods are like. Collectors write {@link Pods} in its
     * place; it stays readable.
     *
     * @param pods one entry for each pod with metrics
     */
    record Usage(List<PodUsage> pods) implements Reading {
        public Usage {
            pods = bounded("pods", pods);
        }
    }

    /**
     * Usage of one pod.
     *
     * @param pod pod name
     * @param milliCpu thousandths of a core
     * @param memoryBytes working set in bytes
     */
    record PodUsage(String pod, long milliCpu, long memoryBytes) {
        public PodUsage {
            Objects.requireNonNull(pod, "pod");
            if (milliCpu < 0 || memoryBytes < 0) {
                throw new IllegalArgumentException("milliCpu and memoryBytes must not be negative: milliCpu " + milliCpu
                        + ", memoryBytes " + memoryBytes);
            }
        }
    }

    /**
     * The workload's pods as the API server lists them, each joined with what the metrics API says of it.
     *
     * @param pods one entry for each pod that the workload's selector matches, deleted and finished ones included
     */
    record Pods(List<PodReading> pods) implements Reading {
        public Pods {
            pods = bounded("pods", pods);
        }
    }

    /**
     * One pod. What is absent is unknown, never 0 and never false.
     *
     * @param name pod name
     * @param phase its phase
     * @param deleted whether it is being deleted
     * @param ready status of its condition Ready; absent if it has none, or if that is unknown
     * @param readyChangedAt when that condition last changed
     * @param startedAt when its kubelet took it on
     * @param sampledAt end of the window over which its usage was measured; absent if it has no metrics
     * @param windowMillis length of that window
     * @param cpuRequestMilli CPU requested for the pod as a whole, in thousandths of a core; absent if only containers request
     * @param memoryRequestBytes memory requested for the pod as a whole
     * @param containers its containers, restartable init containers included
     */
    record PodReading(
            String name,
            Phase phase,
            boolean deleted,
            @Nullable Boolean ready,
            @Nullable Instant readyChangedAt,
            @Nullable Instant startedAt,
            @Nullable Instant sampledAt,
            @Nullable Long windowMillis,
            @Nullable Long cpuRequestMilli,
            @Nullable Long memoryRequestBytes,
            List<ContainerReading> containers) {
        public PodReading {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(phase, "phase");
            Amounts.require("windowMillis", windowMillis);
            Amounts.require("cpuRequestMilli", cpuRequestMilli);
            Amounts.require("memoryRequestBytes", memoryRequestBytes);
            containers = Amounts.bounded("containers", containers, MAX_CONTAINERS);
        }

        /** Phase of a pod, spelled as Kubernetes does. */
        public enum Phase {
            Pending,
            Running,
            Succeeded,
            Failed,
            Unknown
        }
    }

    /**
     * One container of a pod. A request that is absent was not made; a usage that is absent is missing, never 0.
     *
     * @param name container name
     * @param cpuRequestMilli CPU requested, in thousandths of a core
     * @param memoryRequestBytes memory requested
     * @param cpuUsageMilli CPU in use, in thousandths of a core, rounded up
     * @param memoryUsageBytes working set
     */
    record ContainerReading(
            String name,
            @Nullable Long cpuRequestMilli,
            @Nullable Long memoryRequestBytes,
            @Nullable Long cpuUsageMilli,
            @Nullable Long memoryUsageBytes) {
        public ContainerReading {
            Objects.requireNonNull(name, "name");
            Amounts.require("cpuRequestMilli", cpuRequestMilli);
            Amounts.require("memoryRequestBytes", memoryRequestBytes);
            Amounts.require("cpuUsageMilli", cpuUsageMilli);
            Amounts.require("memoryUsageBytes", memoryUsageBytes);
        }
    }

    /**
     * The signal could not be read.
     *
     * @param error what went wrong, in words for the policy's owner; no secret in it
     */
    record Failed(String error) implements Reading {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * A Spark application as its driver sees it.
     *
     * @param appId the application's id
     * @param dynamic whether dynamic allocation is on
     * @param slots tasks that an executor runs at a time, at least 1
     * @param upMillis milliseconds since the application started; absent if not known
     * @param executors its executors
     * @param activeJobs jobs that run
     * @param idleMillis milliseconds since the last job ended; 0 or absent while one runs
     * @param stages stages that are not finished, those that run first
     * @param omittedStages such stages that were left out, since there are too many
     * @param queries streaming queries
     */
    record Spark(
            String appId,
            boolean dynamic,
            int slots,
            @Nullable Long upMillis,
            SparkExecutors executors,
            int activeJobs,
            @Nullable Long idleMillis,
            List<SparkStage> stages,
            int omittedStages,
            List<SparkQuery> queries)
            implements Reading {

        /** Most stages of one reading. */
        public static final int MAX_STAGES = 100;

        /** Most queries of one reading. */
        public static final int MAX_QUERIES = 16;

        public Spark {
            Objects.requireNonNull(appId, "appId");
            Objects.requireNonNull(executors, "executors");
            if (slots < 1) {
                throw new IllegalArgumentException("slots must be at least 1: " + slots);
            }
            Amounts.require("upMillis", upMillis);
            Amounts.require("activeJobs", activeJobs);
            Amounts.require("idleMillis", idleMillis);
            Amounts.require("omittedStages", omittedStages);
            stages = Amounts.bounded("stages", stages, MAX_STAGES);
            queries = Amounts.bounded("queries", queries, MAX_QUERIES);
        }
    }

    /**
     * What a query gave. Exactly one of the two is given.
     *
     * @param value the one number that it gave; finite
     * @param unknown why it gave none, in words for the policy's owner; the source did answer
     */
    record Value(@Nullable Double value, @Nullable String unknown) implements Reading {
        public Value {
            if ((value == null) == (unknown == null)) {
                throw new IllegalArgumentException("a value needs value or unknown, and not both of them");
            }
            if (value != null && !Double.isFinite(value)) {
                throw new IllegalArgumentException("value must be finite: " + value);
            }
        }

        /** A number. */
        public static Value of(double value) {
            return new Value(value, null);
        }

        /** No number, for this reason. */
        public static Value unknown(String why) {
            return new Value(null, why);
        }
    }

    private static <T> List<T> bounded(String name, List<T> entries) {
        return Amounts.bounded(name, entries, MAX_ENTRIES);
    }
}
