package io.tidegate.replay;

import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes facts and decisions to a file, from their first record on, while they arrive. At the end all facts are in it that were
 * there when it was asked to end, and all decisions on them.
 */
public final class Recorder {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration DECIDED_WITHIN = Duration.ofMinutes(2);
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);
    private static final int MAX_PARTITION_FETCH_BYTES = 2 << 20;

    private final Map<String, Object> kafka;
    private final String prefix;
    private final Progress progress;
    private long facts;
    private long decisions;

    /**
     * @param kafka settings of Kafka clients, at least bootstrap.servers
     * @param prefix what stands before the names of the topics and of the engine's group
     */
    public Recorder(Map<String, Object> kafka, String prefix, Progress progress) {
        this.kafka = Map.copyOf(kafka);
        this.prefix = prefix;
        this.progress = progress;
    }

    /** Records until {@code stop} says so, and then what was still on its way. */
    public void record(Path file, BooleanSupplier stop) throws InterruptedException {
        try (Admin admin = Admin.create(kafka);
                KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> factPartitions = partitions(consumer, RecordedTopic.FACTS);
            List<TopicPartition> decisionPartitions = partitions(consumer, RecordedTopic.DECISIONS);
            List<TopicPartition> all = new ArrayList<>(factPartitions);
            all.addAll(decisionPartitions);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            try (RecordingWriter writer = new RecordingWriter(file, factPartitions.size())) {
                long told = System.nanoTime();
                while (!stop.getAsBoolean()) {
                    copy(consumer, writer);
                    if (System.nanoTime() - told > TELL_EVERY.toNanos()) {
                        told = System.nanoTime();
                        progress.line("recorded %,d facts, %,d decisions".formatted(facts, decisions));
                    }
                }
                Map<TopicPartition, Long> factEnds = consumer.endOffsets(factPartitions);
                copyUntil(consumer, writer, factEnds);
                awaitDecided(admin, factEnds, consumer, writer);
                copyUntil(consumer, writer, consumer.endOffsets(decisionPartitions));
                writer.end(factPartitions.stream()
                        .mapToLong(partition -> factEnds.getOrDefault(partition, 0L))
                        .toArray());
            }
            progress.line("recorded %,d facts, %,d decisions in all".formatted(facts, decisions));
        } catch (IOException e) {
            throw new TestbedException("The recording can't be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private void copyUntil(
            KafkaConsumer<byte[], byte[]> consumer, RecordingWriter writer, Map<TopicPartition, Long> ends)
            throws IOException {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            copy(consumer, writer);
        }
    }

    private void copy(KafkaConsumer<byte[], byte[]> consumer, RecordingWriter writer) throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            RecordedTopic topic = record.topic().equals(prefix + RecordedTopic.FACTS.topicName())
                    ? RecordedTopic.FACTS
                    : RecordedTopic.DECISIONS;
            writer.write(RecordedEvent.of(topic, record));
            switch (topic) {
                case FACTS -> facts++;
                case DECISIONS -> decisions++;
            }
        }
    }

    /** The engine commits a fact only when all that it said of it has been taken. */
    private void awaitDecided(
            Admin admin,
            Map<TopicPartition, Long> factEnds,
            KafkaConsumer<byte[], byte[]> consumer,
            RecordingWriter writer)
            throws InterruptedException, IOException {
        long deadline = System.nanoTime() + DECIDED_WITHIN.toNanos();
        while (!EnginePosition.hasRead(admin, prefix, factEnds)) {
            if (System.nanoTime() > deadline) {
                throw new TestbedException("The engine has not read all facts within " + DECIDED_WITHIN.toSeconds()
                        + " s; does it run? The recording is cut off.");
            }
            copy(consumer, writer);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, RecordedTopic topic) {
        String name = prefix + topic.topicName();
        return consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
