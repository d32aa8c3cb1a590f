package io.tidegate.testbed.demo;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.decision.DecisionRecord.Action;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.Event;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.testbed.audit.ScaleWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads facts and decisions of one workload as any subscriber could, and says how long decisions took. */
final class DecisionWatch implements AutoCloseable {

    static final String NO_DECISION = "no decision yet";

    private static final int REMEMBERED_FACTS = 50_000;

    private final WorkloadId workload;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final Map<Long, Instant> observedByOffset = new LinkedHashMap<>();
    private final Map<String, Instant> observedByDecision = new HashMap<>();
    private final List<Double> decisionMillis = new ArrayList<>();
    private final Map<String, Instant> writtenByDecision = new HashMap<>();
    private String sentence = NO_DECISION;
    private volatile boolean closed;

    DecisionWatch(String bootstrapServers, WorkloadId workload) {
        this.workload = workload;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        int partition = DomainPartitions.of(workload, Topics.PARTITIONS);
        List<TopicPartition> partitions =
                List.of(new TopicPartition(Topics.FACTS, partition), new TopicPartition(Topics.DECISIONS, partition));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().daemon().name("demo-decisions").start(this::read);
    }

    /** The newest decision in words. */
    synchronized String sentence() {
        return sentence;
    }

    /** A write was accepted; its decision is named by the id that it carries, and may be read later than the write. */
    synchronized void written(ScaleWrite write) {
        int attempt = write.auditId().lastIndexOf('-');
        if (attempt > 0) {
            writtenByDecision.putIfAbsent(write.auditId().substring(0, attempt), write.completedAt());
        }
    }

    /** Latencies of all decisions so far that changed the size. */
    synchronized DemoReport.Latency latency(double readyMedianMillis) {
        List<Double> patchMillis = writtenByDecision.entrySet().stream()
                .filter(write -> observedByDecision.containsKey(write.getKey()))
                .map(write -> millis(observedByDecision.getOrDefault(write.getKey(), Instant.EPOCH), write.getValue()))
                .toList();
        return new DemoReport.Latency(
                percentile(decisionMillis, 50),
                percentile(decisionMillis, 99),
                percentile(patchMillis, 50),
                percentile(patchMillis, 99),
                readyMedianMillis,
                decisionMillis.size());
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.topic().equals(Topics.FACTS)) {
                        readFact(record);
                    } else {
                        readDecision(record);
                    }
                }
            }
        }
    }

    private synchronized void readFact(ConsumerRecord<String, byte[]> record) {
        try {
            Event<Fact> fact = EventCodec.fact(record.key(), record.value(), record.headers());
            observedByOffset.put(record.offset(), fact.envelope().time());
            if (observedByOffset.size() > REMEMBERED_FACTS) {
                observedByOffset.remove(observedByOffset.keySet().iterator().next());
            }
        } catch (UnreadableRecordException e) {
            System.getLogger(DecisionWatch.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private synchronized void readDecision(ConsumerRecord<String, byte[]> record) {
        Instant now = Instant.now();
        try {
            DecisionRecord decision = EventCodec.decision(record.key(), record.value(), record.headers())
                    .body();
            if (!decision.workload().equals(workload)) {
                return;
            }
            sentence = decision.sentence();
            Instant observed = observedByOffset.get(decision.factOffset());
            if (observed != null && decision.action() != Action.Hold) {
                observedByDecision.put(decision.id(), observed);
                decisionMillis.add(millis(observed, now));
            }
        } catch (UnreadableRecordException e) {
            System.getLogger(DecisionWatch.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    private static double percentile(List<Double> values, int percent) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] * 10) / 10.0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
