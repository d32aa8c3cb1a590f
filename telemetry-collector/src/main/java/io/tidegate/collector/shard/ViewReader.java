package io.tidegate.collector.shard;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/** Reads the views of some shards from the start to the end. */
public final class ViewReader {

    private static final Logger LOG = Logger.getLogger(ViewReader.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;

    /**
     * @param clients what every client of Tidegate's own Kafka is given
     * @param instance name of this collector
     */
    public ViewReader(Map<String, Object> clients, String instance) {
        settings = new HashMap<>(clients);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "tidegate-views-" + instance);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    }

    /**
     * Reads what there is when it is called; blocks meanwhile.
     *
     * @throws KafkaException if the broker can't be reached, or doesn't give all of it in 30 s
     */
    public PublishedBefore read(Set<Integer> shards) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int shard : shards) {
            partitions.add(new TopicPartition(Topics.POLICIES, shard));
            partitions.add(new TopicPartition(Topics.WORKLOADS, shard));
        }
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            View view = new View();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!reached(consumer, ends)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new KafkaException("the views of shards " + shards + " could not be read in " + LIMIT);
                }
                consumer.poll(POLL).forEach(view::take);
            }
            return view.published();
        }
    }

    private static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Keeps the newest of each key. */
    private static final class View {
        private final Map<PolicyId, PolicyFact> policies = new HashMap<>();
        private final Set<PolicyId> policyIds = new HashSet<>();
        private final Set<WorkloadId> workloads = new HashSet<>();

        void take(ConsumerRecord<String, byte[]> record) {
            try {
                if (record.topic().equals(Topics.POLICIES)) {
                    takePolicy(record);
                } else {
                    WorkloadId id = WorkloadId.parse(String.valueOf(record.key()));
                    if (record.value() == null) {
                        workloads.remove(id);
                    } else {
                        workloads.add(id);
                    }
                }
            } catch (IllegalArgumentException e) {
                LOG.warnf("a record of %s has no valid key: %s", record.topic(), e.getMessage());
            }
        }

        private void takePolicy(ConsumerRecord<String, byte[]> record) {
            PolicyId id = PolicyId.parse(String.valueOf(record.key()));
            policies.remove(id);
            if (record.value() == null) {
                policyIds.remove(id);
                return;
            }
            policyIds.add(id);
            try {
                Fact fact = EventCodec.fact(record.key(), record.value(), record.headers())
                        .body();
                if (fact instanceof PolicyFact policy) {
                    policies.put(id, policy);
                }
            } catch (UnreadableRecordException e) {
                LOG.warnf("the view of %s can't be read: %s", record.key(), e.getMessage());
            }
        }

        PublishedBefore published() {
            return new PublishedBefore(policies, policyIds, workloads);
        }
    }
}
