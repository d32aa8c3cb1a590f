package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lag of a consumer group on its topics.
 *
 * @param connectionRef name of a Connection in the policy's namespace
 * @param consumerGroup group whose commits are read
 * @param topics topics the group consumes, 1 to 100
 * @param lagThreshold records of lag per replica, used without an objective; at least 1
 * @param activation lag in records above which the workload is active; at least 0
 * @param noCommittedOffset what a partition without a commit counts as
 * @param ratePerReplica records per second one replica can do, used until a rate is learned
 * @param allowIdleConsumers whether there may be more replicas than partitions
 * @param wake how the topics are watched while nothing moves
 * @param limitToPartitionsWithLag whether there are at most as many replicas as partitions with lag; absent means no
 * @param excludePersistentLag whether the lag of a partition whose commit hasn't moved for 30 s is left out;
 *     absent means no
 * @param evenDistribution whether only sizes that give each replica the same number of partitions are taken; absent means no
 * @param partitions partitions that count, of each topic; absent means all
 */
public record KafkaSignal(
        String connectionRef,
        String consumerGroup,
        List<String> topics,
        long lagThreshold,
        long activation,
        NoCommittedOffset noCommittedOffset,
        @Nullable Double ratePerReplica,
        boolean allowIdleConsumers,
        Wake wake,
        @Nullable Boolean limitToPartitionsWithLag,
        @Nullable Boolean excludePersistentLag,
        @Nullable Boolean evenDistribution,
        @Nullable List<PartitionRange> partitions) {

    /** Most topics of one signal. */
    public static final int MAX_TOPICS = 100;

    /** Most ranges of partitions of one signal. */
    public static final int MAX_RANGES = 100;

    static final long DEFAULT_LAG_THRESHOLD = 10;

    public KafkaSignal {
        Objects.requireNonNull(connectionRef, "kafka.connectionRef");
        Objects.requireNonNull(consumerGroup, "kafka.consumerGroup");
        topics = List.copyOf(Objects.requireNonNull(topics, "kafka.topics"));
        Objects.requireNonNull(noCommittedOffset, "kafka.noCommittedOffset");
        Objects.requireNonNull(wake, "kafka.wake");
        if (topics.isEmpty() || topics.size() > MAX_TOPICS) {
            throw new IllegalArgumentException(
                    "kafka.topics must name 1 to " + MAX_TOPICS + " topics: " + topics.size());
        }
        if (lagThreshold < 1) {
            throw new IllegalArgumentException("kafka.lagThreshold must be at least 1: " + lagThreshold);
        }
        if (activation < 0) {
            throw new IllegalArgumentException("kafka.activation must be at least 0: " + activation);
        }
        if (ratePerReplica != null && !(ratePerReplica > 0 && Double.isFinite(ratePerReplica))) {
            throw new IllegalArgumentException("kafka.ratePerReplica must be a positive number: " + ratePerReplica);
        }
        if (partitions != null && (partitions.isEmpty() || partitions.size() > MAX_RANGES)) {
            throw new IllegalArgumentException(
                    "kafka.partitions must have 1 to " + MAX_RANGES + " ranges: " + partitions.size());
        }
        partitions = partitions == null ? null : List.copyOf(partitions);
    }

    /** A signal with none of the options that leave lag out or bend the size to partitions. */
    public KafkaSignal(
            String connectionRef,
            String consumerGroup,
            List<String> topics,
            long lagThreshold,
            long activation,
            NoCommittedOffset noCommittedOffset,
            @Nullable Double ratePerReplica,
            boolean allowIdleConsumers,
            Wake wake) {
        this(
                connectionRef,
                consumerGroup,
                topics,
                lagThreshold,
                activation,
                noCommittedOffset,
                ratePerReplica,
                allowIdleConsumers,
                wake,
                null,
                null,
                null,
                null);
    }

    @JsonCreator
    static KafkaSignal of(
            @JsonProperty("connectionRef") String connectionRef,
            @JsonProperty("consumerGroup") String consumerGroup,
            @JsonProperty("topics") List<String> topics,
            @JsonProperty("lagThreshold") @Nullable Long lagThreshold,
            @JsonProperty("activation") @Nullable Long activation,
            @JsonProperty("noCommittedOffset") @Nullable NoCommittedOffset noCommittedOffset,
            @JsonProperty("ratePerReplica") @Nullable Double ratePerReplica,
            @JsonProperty("allowIdleConsumers") @Nullable Boolean allowIdleConsumers,
            @JsonProperty("wake") @Nullable Wake wake,
            @JsonProperty("limitToPartitionsWithLag") @Nullable Boolean limitToPartitionsWithLag,
            @JsonProperty("excludePersistentLag") @Nullable Boolean excludePersistentLag,
            @JsonProperty("evenDistribution") @Nullable Boolean evenDistribution,
            @JsonProperty("partitions") @Nullable List<PartitionRange> partitions) {
        return new KafkaSignal(
                connectionRef,
                consumerGroup,
                topics,
                lagThreshold == null ? DEFAULT_LAG_THRESHOLD : lagThreshold,
                activation == null ? 0 : activation,
                noCommittedOffset == null ? NoCommittedOffset.Latest : noCommittedOffset,
                ratePerReplica,
                allowIdleConsumers != null && allowIdleConsumers,
                wake == null ? Wake.Fetch : wake,
                limitToPartitionsWithLag,
                excludePersistentLag,
                evenDistribution,
                partitions);
    }

    /**
     * Partitions with numbers in a row.
     *
     * @param first lowest, at least 0
     * @param last highest, at least {@code first}
     */
    public record PartitionRange(int first, int last) {
        public PartitionRange {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException(
                        "a range of partitions needs 0 <= first <= last: first " + first + ", last " + last);
            }
        }
    }

    /** What a partition without a committed offset counts as. */
    public enum NoCommittedOffset {
        /** All records that are kept count as lag, as for a consumer with {@code auto.offset.reset=earliest}. */
        Earliest,
        /** No record counts as lag, as for a consumer with {@code auto.offset.reset=latest}. */
        Latest
    }

    /** How topics are watched while nothing moves. */
    public enum Wake {
        /** By a fetch that waits at the broker; needs READ on the topics. */
        Fetch,
        /** By reading offsets each period; needs DESCRIBE only. */
        Poll
    }
}
