package io.tidegate.collector.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.lag.Cadence;
import io.tidegate.collector.lag.KafkaClustersContract.Outcome;
import io.tidegate.collector.lag.LagSampler;
import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.lag.OffsetQuery;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.loop.ThreadLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a transactional producer, and a group that commits each record that it has received, to the lag that is told. */
@OnTestbed
class TransactionalLagIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String servers;
    private final String topic;
    private final String group;
    private final Admin admin;
    private final Transactions transactions;
    private final ThreadLoop loop = new ThreadLoop("lag");
    private final List<Reading> samples = new CopyOnWriteArrayList<>();
    private final LagSampler sampler;

    TransactionalLagIT(KafkaBroker broker, Isolation isolation) throws ExecutionException, InterruptedException {
        servers = broker.bootstrapServers();
        topic = isolation.name("orders-" + UUID.randomUUID());
        group = topic;
        admin = Admin.create(Map.of("bootstrap.servers", (Object) servers));
        admin.createTopics(Set.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                .all()
                .get();
        transactions = new Transactions(servers, topic);
        CollectorMetrics metrics = new CollectorMetrics(new SimpleMeterRegistry());
        sampler = new LagSampler(
                new KafkaClients(topic, Duration.ofMillis(300), OwnLogin.NONE, metrics),
                (sample, observedAt) -> samples.add(sample.reading()),
                Cadence.of(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(30)),
                new Surroundings(loop, InstantSource.system(), metrics));
        sampler.start();
    }

    @AfterEach
    void close() {
        sampler.close();
        loop.close();
        transactions.close();
        admin.close();
    }

    @Test
    void comesToNothingOnceAllIsReceivedAndSeesTheNextRecord() throws ExecutionException, InterruptedException {
        transactions.write(topic, Map.of(0, 3, 1, 2), Outcome.COMMITTED);
        watch();
        awaitLag(7);
        consume("read_committed", 5);
        assertEquals(Map.of(0, 3L, 1, 2L), committed(), "the group never passes the control records");
        awaitLag(0);
        transactions.write(topic, Map.of(1, 1), Outcome.COMMITTED);
        awaitLag(3);
        consume("read_committed", 1);
        awaitLag(0);
    }

    @Test
    void neverTellsAControlRecordWhenItBegins() throws ExecutionException, InterruptedException {
        transactions.write(topic, Map.of(0, 3, 1, 2), Outcome.COMMITTED);
        consume("read_committed", 5);
        watch();
        awaitLag(0);
        assertEquals(1, samples.size());
    }

    @Test
    void comesToNothingBehindAnAbortedTransactionThatTheGroupHasReceived()
            throws ExecutionException, InterruptedException {
        transactions.write(topic, Map.of(0, 3), Outcome.COMMITTED);
        transactions.write(topic, Map.of(0, 2), Outcome.ABORTED);
        consume("read_uncommitted", 5);
        watch();
        awaitLag(0);
    }

    @Test
    void countsWhatWasAbortedOrIsOpenUntilTheGroupHasPassedIt() throws ExecutionException, InterruptedException {
        transactions.write(topic, Map.of(0, 3, 1, 1), Outcome.COMMITTED);
        transactions.write(topic, Map.of(0, 2), Outcome.ABORTED);
        transactions.write(topic, Map.of(1, 4), Outcome.OPEN);
        consume("read_committed", 4);
        watch();
        // Behind the commits: a control record and 2 aborted records with theirs; a control record and 4 open records.
        awaitLag(4 + 5);
    }

    private void watch() {
        sampler.watch(List.of(new LagSignal(
                new SignalKey(new WorkloadId("default", "sales", "Deployment", "orders"), "lag"),
                servers,
                new OffsetQuery(group, List.of(topic)),
                Wake.Fetch,
                NoCommittedOffset.Earliest)));
    }

    private void awaitLag(long expected) {
        await().atMost(SOON).untilAsserted(() -> assertEquals(expected, lag(), samples::toString));
    }

    /** The lag that was told last, -1 before there is one. */
    private long lag() {
        return samples.isEmpty() || !(samples.getLast() instanceof Reading.Offsets offsets)
                ? -1
                : offsets.partitions().stream()
                        .mapToLong(TransactionalLagIT::lag)
                        .sum();
    }

    private static long lag(PartitionOffsets partition) {
        return number(partition.end())
                - (partition.committed() == null ? number(partition.start()) : number(partition.committed()));
    }

    private static long number(@Nullable Long offset) {
        return offset == null ? 0 : offset;
    }

    /** Receives records as many frameworks do: each is committed by itself. */
    private void consume(String isolationLevel, int records) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", servers,
                "group.id", group,
                "isolation.level", isolationLevel,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
            List<ConsumerRecord<byte[], byte[]>> received = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(received::add);
                return received.size() >= records;
            });
            for (ConsumerRecord<byte[], byte[]> record : received) {
                consumer.commitSync(Map.of(
                        new TopicPartition(topic, record.partition()), new OffsetAndMetadata(record.offset() + 1)));
            }
        }
    }

    private Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
        Map<Integer, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
        return committed;
    }
}
