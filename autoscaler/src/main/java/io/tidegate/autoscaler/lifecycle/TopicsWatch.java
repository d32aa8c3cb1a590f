package io.tidegate.autoscaler.lifecycle;

import io.quarkus.runtime.Quarkus;
import io.smallrye.common.annotation.Identifier;
import io.tidegate.autoscaler.config.AutoscalerConfig;
import io.tidegate.autoscaler.config.Settings;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Sees to it that the topics are there, and watches whether Kafka answers. */
@Singleton
class TopicsWatch {

    private static final Logger LOG = Logger.getLogger(TopicsWatch.class);

    /** Heartbeats come once a second; while they do there is no need to ask. */
    private static final Duration HEARD_LATELY = Duration.ofSeconds(5);

    private static final int ANSWER_WITHIN_MILLIS = 5000;

    private final AutoscalerConfig.Topics config;
    private final Map<String, Object> clients;
    private final HeldTargets targets;
    private final MonotonicClock clock;
    private final Link link;

    TopicsWatch(
            Settings settings,
            @Identifier("tidegate") Map<String, Object> clients,
            HeldTargets targets,
            MonotonicClock clock,
            Links links) {
        this.config = settings.config().topics();
        this.clients = clients;
        this.targets = targets;
        this.clock = clock;
        this.link = links.kafka();
    }

    /** Runs until interrupted. */
    void run() {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        try (Admin admin = Admin.create(properties)) {
            while (!ensured(admin)) {
                TimeUnit.SECONDS.sleep(1);
            }
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.SECONDS.sleep(HEARD_LATELY.toSeconds());
                watch(admin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.errorf("The service stops: %s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    private boolean ensured(Admin admin) throws InterruptedException {
        try {
            if (config.create()) {
                Optional<Short> copies = config.replicationFactor().isPresent()
                        ? Optional.of((short) config.replicationFactor().getAsInt())
                        : Optional.empty();
                new TopicCreation(admin, config.partitions(), copies).ensure();
            } else {
                admin.describeTopics(List.of(Topics.TARGETS, Topics.FACTS))
                        .allTopicNames()
                        .get();
            }
            link.there();
            return true;
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            link.away(e.getMessage() + ": " + cause.getMessage());
        } catch (ExecutionException e) {
            link.away(String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void watch(Admin admin) throws InterruptedException {
        if (targets.heardAge(clock.nanos()).compareTo(HEARD_LATELY) <= 0) {
            link.there();
            return;
        }
        try {
            admin.describeCluster().nodes().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
            link.there();
        } catch (ExecutionException | TimeoutException e) {
            link.away("no broker answers: " + e.getMessage());
        }
    }
}
