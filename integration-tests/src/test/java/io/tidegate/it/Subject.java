package io.tidegate.it;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.services.TidegateServices;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Deployment on simulated nodes with a topic and a group of its own, which tests give policies and lag. */
public final class Subject implements AutoCloseable {

    private static final int FEW = 4;

    private final Parts parts;
    private final String namespace;
    private final String name;
    private final String topic;
    private final int partitions;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private long produced;

    private Subject(Parts parts, String namespace, String name, String topic, int partitions) {
        this.parts = parts;
        this.namespace = namespace;
        this.name = name;
        this.topic = topic;
        this.partitions = partitions;
        Map<String, Object> kafka = Map.of("bootstrap.servers", parts.broker().bootstrapServers(), "linger.ms", 0);
        this.admin = Admin.create(kafka);
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Creates a topic of four partitions, Connection and a Deployment of size 0. */
    public static Subject create(Parts parts, String namespace, String name)
            throws ExecutionException, InterruptedException {
        return create(parts, namespace, name, FEW);
    }

    /** Creates topic, Connection and a Deployment of size 0; there are never more replicas than partitions. */
    public static Subject create(Parts parts, String namespace, String name, int partitions)
            throws ExecutionException, InterruptedException {
        return create(new Subject(parts, namespace, name, namespace + "." + name, partitions));
    }

    /** As {@link #create(Parts, String, String)}, with a topic and group of another name. */
    static Subject create(Parts parts, String namespace, String name, String topic)
            throws ExecutionException, InterruptedException {
        return create(new Subject(parts, namespace, name, topic, FEW));
    }

    /** Creates the topic alone: Connection, Deployment and policy come from elsewhere. */
    public static Subject ofTopic(Parts parts, String namespace, String name, int partitions)
            throws ExecutionException, InterruptedException {
        Subject subject = new Subject(parts, namespace, name, namespace + "." + name, partitions);
        subject.createTopic();
        return subject;
    }

    private void createTopic() throws ExecutionException, InterruptedException {
        admin.createTopics(Set.of(new NewTopic(topic(), Optional.of(partitions), Optional.empty())))
                .all()
                .get();
        TopicCreation.awaitServed(admin, Map.of(topic(), partitions));
    }

    private static Subject create(Subject subject) throws ExecutionException, InterruptedException {
        String namespace = subject.namespace;
        String name = subject.name;
        subject.createTopic();
        subject.apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: Connection
                metadata: {name: kafka, namespace: %s}
                spec:
                  kafka: {bootstrapServers: ["%s"]}
                """.formatted(namespace, subject.parts.broker().bootstrapServers()));
        subject.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      nodeSelector: {tidegate.io/node: simulated}
                      containers: [{name: consumer, image: simulated}]
                """.formatted(name, namespace));
        return subject;
    }

    public String topic() {
        return topic;
    }

    String workloadPath() {
        return TidegateServices.CLUSTER + "/" + namespace + "/Deployment/" + name;
    }

    /** Applies a policy with a threshold of 10 records a replica; {@code more} are further lines of its spec. */
    public void policy(String policy, String... more) {
        apply("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %3$s}
                  signals:
                    - name: lag
                      kafka: {connectionRef: kafka, consumerGroup: %4$s, topics: [%4$s], lagThreshold: 10, noCommittedOffset: Earliest}
                  behavior:
                    scaleUp: {policies: [{type: Pods, value: 20, periodSeconds: 1}]}
                    scaleDown: {stabilizationWindowSeconds: 0}
                """.formatted(policy, namespace, name, topic()) + "  " + String.join("\n  ", more) + "\n");
    }

    public void deletePolicy(String policy) {
        policies().withName(policy).delete();
    }

    void deleteDeployment() {
        client().apps().deployments().inNamespace(namespace).withName(name).delete();
    }

    /** A field of a policy's status, as text; empty while it isn't there. */
    public String status(String policy, String field) {
        GenericKubernetesResource resource = policies().withName(policy).get();
        Object value = resource == null ? null : resource.get("status", field);
        return value == null ? "" : value.toString();
    }

    /** All of a policy's status, for messages. */
    public String status(String policy) {
        GenericKubernetesResource resource = policies().withName(policy).get();
        return resource == null
                ? "no policy " + policy
                : String.valueOf(resource.getAdditionalProperties().get("status"));
    }

    /** Produces records, spread evenly. */
    public void produce(int records) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            sent.add(producer.send(new ProducerRecord<>(topic(), (int) (produced % partitions), null, new byte[] {1})));
            produced++;
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    /** Commits all that was produced. */
    public void commitAll() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            long end = produced / partitions + (partition < produced % partitions ? 1 : 0);
            offsets.put(new TopicPartition(topic(), partition), new OffsetAndMetadata(end));
        }
        admin.alterConsumerGroupOffsets(topic(), offsets).all().get();
    }

    /** The size that the Deployment asks for. */
    public int replicas() {
        return client().apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            policies() {
        return client().genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace);
    }

    private void apply(String manifest) {
        GenericKubernetesResource resource = Serialization.unmarshal(
                new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)), GenericKubernetesResource.class);
        client().resource(resource).fieldManager("test").forceConflicts().serverSideApply();
    }

    private KubernetesClient client() {
        return parts.controlPlane().client();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
