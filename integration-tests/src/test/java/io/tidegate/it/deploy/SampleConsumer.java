package io.tidegate.it.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.demo.DemoStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The demo's consumer with its policy, its pods being processes that really consume, and the topic that it reads. */
final class SampleConsumer implements AutoCloseable {

    private static final int PARTITIONS = 12;

    private final String namespace;
    private final String topic;
    private final String name;
    private final Parts parts;
    private final Kubectl kubectl;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    SampleConsumer(Parts parts, Kubectl kubectl) {
        this(parts, kubectl, "");
    }

    /**
     * One that has no name in common with another.
     *
     * @param prefix begins the names of namespace, workload, policy, topic and group
     */
    SampleConsumer(Parts parts, Kubectl kubectl, String prefix) {
        this.namespace = prefix + "demo";
        this.topic = prefix + "orders";
        this.name = topic + "-ingest";
        this.parts = parts;
        this.kubectl = kubectl;
        Map<String, Object> kafka = Map.of("bootstrap.servers", parts.broker().bootstrapServers());
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void deploy() throws ExecutionException, InterruptedException {
        admin.createTopics(Set.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                .all()
                .get();
        TopicCreation.awaitServed(admin, Map.of(topic, PARTITIONS));
        applied(kubectl.run("create", "namespace", namespace));
        applied(kubectl.apply(demo("workload.yaml")));
        applied(kubectl.apply(demo("policy.yaml")));
    }

    void produce(int records) {
        for (int i = 0; i < records; i++) {
            var unused = producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[] {1}));
        }
        producer.flush();
    }

    /** Records that nobody has processed yet. */
    long lag() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(name)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            long lag = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(ends).all().get().entrySet()) {
                OffsetAndMetadata done = committed.get(end.getKey());
                lag += end.getValue().offset() - (done == null ? 0 : done.offset());
            }
            return lag;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The size that the Deployment asks for. */
    int replicas() {
        return parts.controlPlane()
                .client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    /** A field of the policy's status, as text; empty while it isn't there. */
    String status(String field) {
        GenericKubernetesResource policy = parts.controlPlane()
                .client()
                .genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(name)
                .get();
        Object value = policy == null ? null : policy.get("status", field);
        return value == null ? "" : value.toString();
    }

    private String demo(String manifest) {
        try (InputStream resource = Objects.requireNonNull(
                DemoStage.class.getResourceAsStream(manifest), () -> manifest + " is not on the class path")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${bootstrapServers}", parts.broker().bootstrapServers())
                    .replace("namespace: demo", "namespace: " + namespace)
                    .replace("orders", topic);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void applied(Kubectl.Result result) {
        assertEquals(0, result.code(), result.output());
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
