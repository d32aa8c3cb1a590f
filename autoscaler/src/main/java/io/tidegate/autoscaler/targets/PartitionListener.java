package io.tidegate.autoscaler.targets;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.tidegate.autoscaler.targets.TargetsChannel.ChangeListener;
import io.tidegate.autoscaler.time.MonotonicClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Begins with partitions when they are assigned, and lets go of them when they are not ours any more. */
@ApplicationScoped
@Identifier("targets")
public class PartitionListener implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(PartitionListener.class);
    private static final Duration OFFSETS_WITHIN = Duration.ofSeconds(5);

    private final HeldTargets targets;
    private final ChangeListener listener;
    private final MonotonicClock clock;

    public PartitionListener(HeldTargets targets, ChangeListener listener, MonotonicClock clock) {
        this.targets = targets;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, OFFSETS_WITHIN);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, OFFSETS_WITHIN);
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            boolean empty = beginnings.getOrDefault(partition, 0L) >= end;
            targets.assigned(partition.partition(), empty ? 0 : end, clock.nanos());
        }
        LOG.infof("Assigned partitions %s", numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        letGo(partitions, "Revoked");
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        letGo(partitions, "Lost");
    }

    private void letGo(Collection<TopicPartition> partitions, String how) {
        if (partitions.isEmpty()) {
            return;
        }
        listener.dropped(targets.revoked(
                partitions.stream().map(TopicPartition::partition).toList()));
        LOG.infof("%s partitions %s", how, numbers(partitions));
    }

    private static Object numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
