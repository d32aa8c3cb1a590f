package io.tidegate.policyengine.lifecycle;

import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.topology.EngineIdentity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The topics, created or awaited. */
final class EngineTopics {

    private final EngineConfig config;
    private final InstantSource clock;
    private final EngineIdentity identity;

    EngineTopics(EngineConfig config, InstantSource clock) {
        this.config = config;
        this.identity = EngineIdentity.of(config);
        this.clock = clock;
    }

    /**
     * The number of partitions that all topics have; where the state is gone, the position is set back.
     *
     * @throws KafkaException if Kafka can't be reached, refuses, or lacks topics that aren't to be created
     * @throws IllegalStateException if topics differ in their number of partitions
     */
    int partitions() throws InterruptedException {
        try (Admin admin = EngineAdmin.create(config, identity.clientId("topics"))) {
            if (!config.topics().create()) {
                checkPresent(admin);
            }
            OptionalInt factor = config.topics().replicationFactor();
            int partitions = new TopicCreation(
                            admin,
                            config.topics().partitions(),
                            factor.isPresent() ? Optional.of((short) factor.getAsInt()) : Optional.empty())
                    .ensure(topics());
            new LostState(admin, identity.applicationId(), config.rebuildSpan()).rewind(clock.instant());
            return partitions;
        }
    }

    /** What is missing, in words. */
    String problem(KafkaException failure) {
        Throwable cause = failure.getCause();
        return "Kafka at " + config.kafka().bootstrapServers() + ": " + failure.getMessage()
                + (cause == null ? "" : ": " + cause.getMessage());
    }

    /** Those that the services meet on, and those that it tells for show. */
    private List<Topics.TopicSettings> topics() {
        List<Topics.TopicSettings> topics = new ArrayList<>(Topics.all());
        if (identity.shadow()) {
            topics.addAll(Topics.shadows(identity.variant().orElseThrow()));
        }
        return topics;
    }

    private void checkPresent(Admin admin) throws InterruptedException {
        Set<String> present;
        try {
            present = admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("could not list topics", e.getCause());
        }
        List<String> missing = topics().stream()
                .map(Topics.TopicSettings::name)
                .filter(name -> !present.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new KafkaException(
                    "topics are missing: " + missing + ". Create them, or set tidegate.topics.create=true");
        }
    }
}
