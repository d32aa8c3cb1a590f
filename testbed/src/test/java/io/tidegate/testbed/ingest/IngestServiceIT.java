package io.tidegate.testbed.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.NodeKind;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnTestbed
class IngestServiceIT {
    private static final int PARTITIONS = 6;
    private static final int RATE = 200;

    private final KafkaBroker broker;
    private final KubernetesClient client;
    private final Isolation isolation;
    private final Admin admin;

    IngestServiceIT(KafkaBroker broker, ProcessKubelet kubelet, KubernetesClient client, Isolation isolation) {
        this.broker = broker;
        this.client = client;
        this.isolation = isolation;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        assertEquals("process-0", kubelet.node());
    }

    @AfterEach
    void closeAdmin() {
        admin.close();
    }

    @Test
    void consumesAtItsRateAndSharesThePartitionsWhenItGrows() {
        String topic = isolation.name("orders");
        get(admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                .all());
        produce(topic, 20_000);
        client.resource(deployment(topic)).create();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> committed(topic) > 0);
        double alone = rateOver(topic, Duration.ofSeconds(4));
        client.apps()
                .deployments()
                .inNamespace(isolation.namespace())
                .withName("ingest")
                .scale(3);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sharesOfMembers(topic).equals(List.of(2, 2, 2)));
        double three = rateOver(topic, Duration.ofSeconds(4));

        assertEquals(RATE, alone, 0.15 * RATE);
        assertEquals(3.0 * RATE, three, 0.15 * 3 * RATE);
        client.apps()
                .deployments()
                .inNamespace(isolation.namespace())
                .withName("ingest")
                .scale(0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> sharesOfMembers(topic).isEmpty());
    }

    /** Committed records a second, from the first commit seen to the last one. */
    private double rateOver(String topic, Duration span) {
        long first = committed(topic);
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> committed(topic) != first);
        long from = committed(topic);
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(span.plusSeconds(10))
                .pollDelay(span)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> true);
        long before = committed(topic);
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> committed(topic) != before);
        double rate = (committed(topic) - from) * 1e9 / (System.nanoTime() - start);
        assertTrue(rate > 0);
        return rate;
    }

    private long committed(String topic) {
        return get(admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata()).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private List<Integer> sharesOfMembers(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(described -> described.members().stream())
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().size())
                .toList();
    }

    /** One request at a time: a first one that a new partition's leader refuses would else never fit behind the second, for two minutes. */
    private void produce(String topic, int count) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                var unused = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[50]));
            }
        }
    }

    private Deployment deployment(String topic) {
        Map<String, String> labels = Map.of("app", "ingest");
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(isolation.namespace())
                .withName("ingest")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .addToAnnotations(ProcessKubelet.READY_ANNOTATION, "file")
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector(NodeKind.LABEL, NodeKind.PROCESS.value())
                .addNewContainer()
                .withName("ingest")
                .withImage(IngestImage.NAME)
                .addNewEnv()
                .withName("BOOTSTRAP_SERVERS")
                .withValue(broker.bootstrapServers())
                .endEnv()
                .addNewEnv()
                .withName("TOPIC")
                .withValue(topic)
                .endEnv()
                .addNewEnv()
                .withName("GROUP")
                .withValue(topic)
                .endEnv()
                .addNewEnv()
                .withName("RECORDS_PER_SECOND")
                .withValue(Integer.toString(RATE))
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
