package io.tidegate.collector;

import io.tidegate.collector.config.CollectorConfig;
import io.tidegate.collector.config.Settings;
import io.tidegate.collector.health.Outages;
import io.tidegate.contracts.topic.TopicCreation;
import io.tidegate.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Tidegate's own Kafka cluster, as far as it must be there before anything can start. */
final class OwnKafka {

    /** Its name in outages. */
    static final String PART = "kafka";

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final CollectorConfig config;
    private final Outages outages;
    private final CountDownLatch stopped = new CountDownLatch(1);

    OwnKafka(CollectorConfig config, Outages outages) {
        this.config = config;
        this.outages = outages;
    }

    /** Stops waiting. */
    void stop() {
        stopped.countDown();
    }

    /**
     * Waits until the cluster and its topics are there.
     *
     * @return the number of partitions of all topics; 0 if stopped
     * @throws InterruptedException if interrupted while waiting
     */
    int await() throws InterruptedException {
        while (stopped.getCount() > 0) {
            try (Admin admin = Admin.create(admin())) {
                int partitions = config.topics().create()
                        ? new TopicCreation(
                                        admin,
                                        config.topics().partitions(),
                                        config.topics().replicationFactor())
                                .ensure()
                        : partitions(admin);
                outages.end(PART);
                return partitions;
            } catch (KafkaException | IllegalStateException e) {
                Throwable cause = e.getCause();
                outages.begin(PART, e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
            }
            if (stopped.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return 0;
            }
        }
        return 0;
    }

    private Map<String, Object> admin() {
        Map<String, Object> settings = Settings.clients(config);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    private static int partitions(Admin admin) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(Topics.FACTS))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            throw new KafkaException("could not describe topic " + Topics.FACTS, e.getCause());
        }
    }
}
