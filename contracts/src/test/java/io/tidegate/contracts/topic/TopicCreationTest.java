package io.tidegate.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.contracts.topic.Topics.TopicSettings;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicCreationTest {

    private static final List<String> NAMES =
            Topics.all().stream().map(TopicSettings::name).sorted().toList();

    private final MockAdminClient admin =
            MockAdminClient.create().numBrokers(3).defaultReplicationFactor(1).build();

    /** The fake answers only for partitions whose end it was told. */
    @BeforeEach
    void partitionsHaveEnds() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Topics.TopicSettings topic : Topics.all()) {
            for (int partition = 0; partition < 24; partition++) {
                ends.put(new TopicPartition(topic.name(), partition), 0L);
            }
        }
        admin.updateEndOffsets(ends);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void createsAllTopicsWithTheirSettings() throws InterruptedException, ExecutionException {
        int partitions = new TopicCreation(admin, 4, Optional.of((short) 2)).ensure();

        assertEquals(4, partitions);
        assertEquals(Set.copyOf(NAMES), admin.listTopics().names().get());
        for (TopicDescription topic :
                admin.describeTopics(NAMES).allTopicNames().get().values()) {
            assertEquals(4, topic.partitions().size(), topic.name());
            assertEquals(2, topic.partitions().getFirst().replicas().size(), topic.name());
        }
        for (TopicSettings topic : Topics.all()) {
            assertEquals(topic.configs(), configs(topic.name()));
        }
    }

    @Test
    void leavesTheReplicationFactorToTheBrokerUnlessTold() throws InterruptedException, ExecutionException {
        new TopicCreation(admin, 2, Optional.empty()).ensure();

        TopicDescription facts = Objects.requireNonNull(admin.describeTopics(List.of(Topics.FACTS))
                .allTopicNames()
                .get()
                .get(Topics.FACTS));
        assertEquals(1, facts.partitions().getFirst().replicas().size());
    }

    @Test
    void leavesTopicsThatAreThereAsTheyAre() throws InterruptedException, ExecutionException {
        add(Topics.FACTS, 3, Map.of("retention.ms", "1000"));

        int partitions = new TopicCreation(admin, 3, Optional.empty()).ensure();

        assertEquals(3, partitions);
        assertEquals(Map.of("retention.ms", "1000"), configs(Topics.FACTS));
    }

    @Test
    void isDoneWhenRunAgain() throws InterruptedException {
        new TopicCreation(admin, 3, Optional.empty()).ensure();

        assertEquals(3, new TopicCreation(admin, 12, Optional.empty()).ensure());
    }

    @Test
    void refusesTopicsThatDifferInTheirNumberOfPartitions() {
        add(Topics.TARGETS, 5, Map.of());

        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> new TopicCreation(admin, 12, Optional.empty()).ensure());

        assertEquals(
                "all topics must have the same number of partitions, but they have: {tidegate.decisions=12,"
                        + " tidegate.facts=12, tidegate.facts.dlq=12, tidegate.policies=12, tidegate.targets=5,"
                        + " tidegate.targets.dlq=12, tidegate.workloads=12}. Delete and create the ones that differ.",
                refused.getMessage());
    }

    @Test
    void waitsForABrokerThatHasNotHeardOfATopic() throws InterruptedException {
        new TopicCreation(admin, 3, Optional.empty()).ensure();
        admin.setFetchesRemainingUntilVisible(Topics.FACTS, 2);

        assertEquals(3, new TopicCreation(admin, 3, Optional.empty()).ensure());
    }

    @Test
    void waitsForALeaderThatIsNotKnownEverywhere() throws InterruptedException {
        TopicPartition partition = new TopicPartition(Topics.FACTS, 0);
        KafkaFutureImpl<ListOffsetsResultInfo> unknown = new KafkaFutureImpl<>();
        unknown.completeExceptionally(new UnknownTopicOrPartitionException("not heard of yet"));
        AtomicInteger refusals = new AtomicInteger(2);
        Admin hesitant = (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (self, method, args) -> method.getName().equals("listOffsets") && refusals.getAndDecrement() > 0
                        ? new ListOffsetsResult(Map.of(partition, unknown))
                        : method.invoke(admin, args));

        assertEquals(3, new TopicCreation(hesitant, 3, Optional.empty()).ensure());
        assertEquals(-1, refusals.get());
    }

    @Test
    void saysWhatFailedWhenTheBrokerDoesNotAnswer() {
        admin.timeoutNextRequest(1);

        KafkaException failed =
                assertThrows(KafkaException.class, () -> new TopicCreation(admin, 3, Optional.empty()).ensure());

        assertInstanceOf(TimeoutException.class, failed.getCause());
    }

    @Test
    void needsAPartition() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new TopicCreation(admin, 0, Optional.empty()));

        assertEquals("partitions must be at least 1: 0", refused.getMessage());
    }

    private void add(String topic, int partitions, Map<String, String> configs) {
        Node node = new Node(0, "localhost", 1000);
        List<TopicPartitionInfo> infos = IntStream.range(0, partitions)
                .mapToObj(i -> new TopicPartitionInfo(i, node, List.of(node), List.of(node)))
                .toList();
        admin.addTopic(false, topic, new ArrayList<>(infos), new HashMap<>(configs));
    }

    private Map<String, String> configs(String topic) throws InterruptedException, ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(List.of(resource)).all().get();
        return Objects.requireNonNull(configs.get(resource)).entries().stream()
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
