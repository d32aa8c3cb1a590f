package io.tidegate.bench.spark;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what was decided, as any subscriber could. */
final class Decisions implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;

    Decisions(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.DECISIONS, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What was decided since the last call, with the seconds since {@code zero}. */
    List<String> since(Instant zero) {
        List<String> told = new ArrayList<>();
        for (var records = consumer.poll(QUIET); !records.isEmpty(); records = consumer.poll(QUIET)) {
            records.forEach(record -> add(told, record, zero));
        }
        return told;
    }

    private static void add(List<String> told, ConsumerRecord<String, byte[]> record, Instant zero) {
        try {
            DecisionRecord decision = EventCodec.decision(record.key(), record.value(), record.headers())
                    .body();
            if (!decision.at().isBefore(zero)) {
                told.add("%.1f s: %d -> %d, %s: %s"
                        .formatted(
                                Duration.between(zero, decision.at()).toMillis() / 1e3,
                                decision.current(),
                                decision.desired(),
                                decision.reason(),
                                decision.sentence()));
            }
        } catch (UnreadableRecordException e) {
            System.getLogger(Decisions.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
