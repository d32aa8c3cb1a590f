package io.tidegate.collector.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.lag.KafkaClusters;
import io.tidegate.collector.lag.KafkaClustersContract;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;

@OnTestbed
class KafkaClientsIT extends KafkaClustersContract {

    private final String servers;
    private final Isolation isolation;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Transactions transactions;

    KafkaClientsIT(KafkaBroker broker, Isolation isolation) {
        this.servers = broker.bootstrapServers();
        this.isolation = isolation;
        Map<String, Object> settings = Map.of("bootstrap.servers", servers);
        this.admin = Admin.create(settings);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.transactions = new Transactions(servers, isolation.name("writer-" + UUID.randomUUID()));
    }

    @AfterEach
    void close() {
        transactions.close();
        producer.close();
        admin.close();
    }

    @Override
    protected KafkaClusters clusters() {
        return new KafkaClients(
                isolation.prefix(),
                Duration.ofMillis(300),
                OwnLogin.NONE,
                new CollectorMetrics(new SimpleMeterRegistry()));
    }

    @Override
    protected String servers() {
        return servers;
    }

    @Override
    protected String unique(String name) {
        return isolation.name(name);
    }

    @Override
    protected void createTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createTopics(Set.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
    }

    @Override
    protected void append(String topic, int partition, int records) throws ExecutionException, InterruptedException {
        for (int record = 0; record < records; record++) {
            producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}))
                    .get();
        }
    }

    @Override
    protected void appendInTransaction(String topic, Map<Integer, Integer> records, Outcome outcome)
            throws ExecutionException, InterruptedException {
        transactions.write(topic, records, outcome);
    }

    @Override
    protected void commit(String group, String topic, int partition, long offset)
            throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    @Override
    protected void expire(String topic, int partition, long before) throws ExecutionException, InterruptedException {
        admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    @Override
    protected void deleteTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(Set.of(topic)).all().get();
    }

    @Override
    protected void growTopic(String topic, int partitions) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
    }
}
