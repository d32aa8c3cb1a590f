package io.tidegate.policyengine.lifecycle;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.policyengine.state.EngineStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Goes back in the log where the engine's state is gone but its position isn't: what lies before the position would never be
 * learnt again otherwise, and until the next keyframe nothing would be decided.
 */
final class LostState {

    private static final Logger LOG = Logger.getLogger(LostState.class);

    private final Admin admin;
    private final String application;
    private final Duration span;

    /**
     * @param application the application id, which is the group's name too
     * @param span how far back to go
     */
    LostState(Admin admin, String application, Duration span) {
        this.admin = admin;
        this.application = application;
        this.span = span;
    }

    /**
     * Goes back if the state is gone.
     *
     * @throws KafkaException if it can't be found out or done yet
     */
    void rewind(Instant now) throws InterruptedException {
        try {
            String changelog = application + "-" + EngineStore.NAME + "-changelog";
            if (admin.listTopics().names().get().contains(changelog)) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> positions = admin.listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get();
            positions.keySet().removeIf(partition -> !partition.topic().equals(Topics.FACTS));
            if (positions.isEmpty()) {
                return;
            }
            Map<TopicPartition, OffsetAndMetadata> earlier = earlier(positions, now.minus(span));
            admin.alterConsumerGroupOffsets(application, earlier).all().get();
            LOG.warnf(
                    "the engine's state is gone, the log is read again from %s before now partitions=%d",
                    span, earlier.size());
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the state is gone, and the position in the log can't be set back yet", e.getCause());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> earlier(
            Map<TopicPartition, OffsetAndMetadata> positions, Instant from)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, ListOffsetsResultInfo> since = admin.listOffsets(positions.keySet().stream()
                        .collect(Collectors.toMap(
                                partition -> partition, partition -> OffsetSpec.forTimestamp(from.toEpochMilli()))))
                .all()
                .get();
        Map<TopicPartition, OffsetAndMetadata> earlier = new HashMap<>(positions);
        since.forEach((partition, first) -> {
            // Without a record that young there is nothing to read again.
            if (first.offset() >= 0) {
                earlier.computeIfPresent(
                        partition,
                        (key, position) ->
                                first.offset() < position.offset() ? new OffsetAndMetadata(first.offset()) : position);
            }
        });
        return earlier;
    }
}
