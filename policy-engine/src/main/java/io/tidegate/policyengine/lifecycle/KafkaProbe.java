package io.tidegate.policyengine.lifecycle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks Kafka now and then whether it is there: Kafka Streams counts as running without any broker. */
public final class KafkaProbe {

    private static final Logger LOG = Logger.getLogger(KafkaProbe.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int TIMEOUT_MS = 3_000;

    private final Map<String, Object> settings;
    private volatile @Nullable String problem;

    /** @param settings of the engine's clients */
    KafkaProbe(Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
        this.settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tidegate-engine-probe");
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    }

    /** Why Kafka is not there; empty while it is. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Begins to ask, until the process ends. */
    void start() {
        Thread.ofPlatform().daemon().name("engine-kafka-probe").start(this::run);
    }

    private void run() {
        try (Admin admin = Admin.create(settings)) {
            while (true) {
                ask(admin);
                TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            var unused = admin.describeCluster().nodes().get();
            if (problem != null) {
                LOG.info("Kafka is there again");
            }
            problem = null;
        } catch (ExecutionException e) {
            String why = "no broker answers: " + e.getCause();
            if (problem == null) {
                LOG.warnf("Kafka is not there, waiting for it: reason=%s", why);
            }
            problem = why;
        }
    }
}
