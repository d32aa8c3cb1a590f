package io.tidegate.contracts.topic;

import io.tidegate.contracts.id.WorkloadId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Places a record by the hash (murmur2, as Kafka's own) of the first two segments of its key, cluster and namespace, so that
 * all that a team shares lies in one partition of every topic.
 */
public final class DomainPartitions {

    private DomainPartitions() {}

    /**
     * The partition of a key {@code cluster/namespace/...}; a key of fewer segments is hashed whole.
     *
     * @param partitions number of partitions of the topic, at least 1
     */
    public static int of(String key, int partitions) {
        int first = key.indexOf('/');
        int second = first < 0 ? -1 : key.indexOf('/', first + 1);
        String domain = second < 0 ? key : key.substring(0, second);
        return Utils.toPositive(Utils.murmur2(domain.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** The partition of a workload. */
    public static int of(WorkloadId workload, int partitions) {
        return of(workload.cluster() + "/" + workload.namespace() + "/", partitions);
    }
}
