package io.tidegate.replay;

import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.topic.Topics.TopicSettings;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes recorded facts to an empty topic, so that each has the partition, the offset and the time that it had. */
final class FactLoader {

    private static final int PROGRESS_EVERY = 100_000;

    private final Map<String, Object> kafka;
    private final Path recording;
    private final Progress progress;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private long[] factEnds = new long[0];

    FactLoader(Map<String, Object> kafka, Path recording, Progress progress) {
        this.kafka = Map.copyOf(kafka);
        this.recording = recording;
        this.progress = progress;
    }

    /** For each partition the offset after the last fact. */
    long[] factEnds() {
        return factEnds.clone();
    }

    /** Creates the topics and writes all facts; returns where each partition ends. */
    Map<TopicPartition, Long> load(Admin admin) throws InterruptedException {
        try (RecordingReader reader = new RecordingReader(recording);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            create(admin, reader.partitions());
            long[] next = new long[reader.partitions()];
            long facts = 0;
            for (RecordedEvent event = reader.next(); event != null; event = reader.next()) {
                if (event.topic() == RecordedTopic.FACTS) {
                    if (event.offset() != next[event.partition()]) {
                        throw new TestbedException("The recording " + recording + " has no fact at offset "
                                + next[event.partition()] + " of partition " + event.partition()
                                + ", the next one is at "
                                + event.offset() + ": facts with a gap can't get their offsets again.");
                    }
                    next[event.partition()]++;
                    send(producer, event);
                    if (++facts % PROGRESS_EVERY == 0) {
                        progress.line("written %,d facts".formatted(facts));
                    }
                }
            }
            producer.flush();
            requireHealthy();
            factEnds = reader.factEnds();
            return ends(next);
        } catch (IOException e) {
            throw new TestbedException("The recording " + recording + " can't be read: " + e.getMessage(), e);
        }
    }

    private Map<TopicPartition, Long> ends(long[] next) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (int partition = 0; partition < next.length; partition++) {
            if (next[partition] < factEnds[partition]) {
                throw new TestbedException("The recording " + recording + " lacks facts of partition " + partition
                        + ": it ends at offset " + next[partition] + ", not " + factEnds[partition] + ".");
            }
            ends.put(new TopicPartition(RecordedTopic.FACTS.topicName(), partition), next[partition]);
        }
        return ends;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, RecordedEvent event) {
        requireHealthy();
        var unused = producer.send(
                new ProducerRecord<>(
                        RecordedTopic.FACTS.topicName(),
                        event.partition(),
                        event.timestamp(),
                        event.key(),
                        event.value(),
                        event.kafkaHeaders()),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, "A fact could not be written: " + problem.getMessage());
                    } else if (metadata.offset() != event.offset()) {
                        failure.compareAndSet(
                                null,
                                "The fact of offset " + event.offset() + " of partition " + event.partition()
                                        + " came to lie at offset " + metadata.offset() + ".");
                    }
                });
    }

    private void requireHealthy() {
        String failed = failure.get();
        if (failed != null) {
            throw new TestbedException(failed);
        }
    }

    /** All topics, with times as they are given, and without an end to what is kept: the facts may be old. */
    private static void create(Admin admin, int partitions) throws InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        for (TopicSettings settings : Topics.all()) {
            Map<String, String> configs = new HashMap<>(settings.configs());
            if (configs.containsKey(TopicConfig.RETENTION_MS_CONFIG)) {
                configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            }
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
            topics.add(new NewTopic(settings.name(), Optional.of(partitions), Optional.empty()).configs(configs));
        }
        try {
            admin.createTopics(topics).all().get();
            // Returns when all partitions are served: before, a second batch may be taken where the first was refused.
            var unused = new TopicCreation(admin, partitions, Optional.empty()).ensure();
        } catch (ExecutionException e) {
            throw new TestbedException(
                    e.getCause() instanceof TopicExistsException
                            ? "The broker has Tidegate's topics already; a rerun needs one without them."
                            : "The topics can't be created: " + e.getMessage(),
                    e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
