package io.tidegate.contracts.topic;

import io.tidegate.contracts.topic.Topics.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing, and checks those that are there. */
public final class TopicCreation {

    /** About 10 s in all; brokers hear of a topic within milliseconds. */
    private static final int ATTEMPTS = 100;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Admin admin;
    private final int partitions;
    private final Optional<Short> replicationFactor;

    /**
     * @param admin client of Tidegate's own Kafka
     * @param partitions partitions of a topic that is created, at least 1
     * @param replicationFactor copies of each partition; empty for the broker's default
     */
    public TopicCreation(Admin admin, int partitions, Optional<Short> replicationFactor) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
        }
        this.admin = admin;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Creates what is missing, checks that all have the same number of partitions, and waits until each partition has a leader
     * that serves it.
     *
     * @return the number of partitions that all topics have
     * @throws IllegalStateException if topics differ in their number of partitions, with the numbers
     * @throws KafkaException if the broker refuses or can't be reached
     * @throws InterruptedException if interrupted while waiting for the broker
     */
    public int ensure() throws InterruptedException {
        return ensure(Topics.all());
    }

    /** The same, of these topics. */
    public int ensure(List<TopicSettings> wanted) throws InterruptedException {
        Set<String> present = names();
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic ->
                        new NewTopic(topic.name(), Optional.of(partitions), replicationFactor).configs(topic.configs()))
                .toList();
        for (var creation : admin.createTopics(missing).values().entrySet()) {
            try {
                creation.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("could not create topic " + creation.getKey(), e.getCause());
                }
            }
        }
        return check(wanted.stream().map(TopicSettings::name).toList());
    }

    private int check(List<String> topics) throws InterruptedException {
        Map<String, TopicDescription> descriptions = describe(topics);
        Map<String, Integer> sizes = new TreeMap<>();
        descriptions.forEach((topic, description) ->
                sizes.put(topic, description.partitions().size()));
        Set<Integer> distinct = Set.copyOf(sizes.values());
        if (distinct.size() != 1) {
            throw new IllegalStateException("all topics must have the same number of partitions, but they have: "
                    + sizes + ". Delete and create the ones that differ.");
        }
        awaitServed(admin, sizes);
        return distinct.iterator().next();
    }

    /**
     * Waits until each partition has a leader that serves it. A leader that has not heard of its partition yet refuses a producer's first
     * batch and may take its second one; from then on it refuses the first as out of order, until that expires after two minutes. Measured
     * with Kafka 4.1 on a busy machine.
     *
     * @param sizes number of partitions of each topic
     * @throws KafkaException if that doesn't come, within about 10 s
     * @throws InterruptedException if interrupted while waiting
     */
    public static void awaitServed(Admin admin, Map<String, Integer> sizes) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        sizes.forEach((topic, size) -> IntStream.range(0, size)
                .forEach(partition -> all.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
        var unused = onceKnown(
                "not all partitions have a leader yet",
                () -> admin.listOffsets(all).all());
    }

    private Map<String, TopicDescription> describe(List<String> topics) throws InterruptedException {
        return onceKnown(
                "could not describe the topics " + topics,
                () -> admin.describeTopics(topics).allTopicNames());
    }

    /** A broker may answer before it has heard of a topic that another has just created, so it is asked again. */
    private static <T> T onceKnown(String failure, Supplier<KafkaFuture<T>> question) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.get().get();
            } catch (ExecutionException e) {
                if (attempt == ATTEMPTS || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException(failure, e.getCause());
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private Set<String> names() throws InterruptedException {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("could not list topics", e.getCause());
        }
    }
}
