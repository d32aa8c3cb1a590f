package io.tidegate.collector.shard;

import io.tidegate.contracts.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Membership of the group of the cluster's collectors: the partitions of tidegate.workloads that it is assigned are the shards. It reads
 * nothing itself; all it fetches is paused.
 */
public final class ShardMembership implements AutoCloseable {

    /** What the names of the groups begin with; the cluster follows, since each looks at all shards for itself. */
    private static final String GROUP = "tidegate-collector-";

    private static final Logger LOG = Logger.getLogger(ShardMembership.class);
    /** Every poll also notices that shards were taken away; the session lasts 6 s. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final String group;
    private final Map<String, Object> settings;
    private final ShardListener listener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Integer> owned = new HashSet<>();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param clients what every client of Tidegate's own Kafka is given
     * @param cluster the Kubernetes cluster that is looked at
     * @param instance name of this collector
     */
    public ShardMembership(Map<String, Object> clients, String cluster, String instance, ShardListener listener) {
        this.group = GROUP + cluster;
        this.settings = settings(clients, group, instance);
        this.listener = listener;
    }

    /** Joins the group, on a thread of its own. */
    public void start() {
        Thread.ofPlatform().name("shards").daemon().start(this::run);
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private static Map<String, Object> settings(Map<String, Object> clients, String group, String instance) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "tidegate-shards-" + instance);
        settings.put(CommonClientConfigs.GROUP_ID_CONFIG, group);
        settings.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        settings.put(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return settings;
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> member =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = member;
                member.subscribe(List.of(Topics.WORKLOADS), new Rebalance(member));
                while (closing.getCount() > 0) {
                    member.poll(POLL);
                }
            } catch (WakeupException | InterruptException e) {
                LOG.debug("the shard membership ends");
            } catch (KafkaException e) {
                LOG.errorf("the group %s can't be kept and is joined anew: %s", group, e.toString());
                revoke(Set.copyOf(owned));
                pause();
            }
        }
        revoke(Set.copyOf(owned));
    }

    private void pause() {
        try {
            if (closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("the shard membership ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private void revoke(Set<Integer> shards) {
        if (!shards.isEmpty()) {
            owned.removeAll(shards);
            listener.revoked(shards);
        }
    }

    private static Set<Integer> shards(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> member;

        Rebalance(KafkaConsumer<byte[], byte[]> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            member.pause(partitions);
            Set<Integer> shards = shards(partitions);
            if (!shards.isEmpty()) {
                owned.addAll(shards);
                listener.assigned(shards);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            revoke(shards(partitions));
        }
    }
}
