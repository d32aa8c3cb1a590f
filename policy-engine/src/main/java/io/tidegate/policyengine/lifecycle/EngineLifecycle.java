package io.tidegate.policyengine.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidegate.decision.DecisionEngine;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.topology.EngineAddress;
import io.tidegate.policyengine.topology.EngineIdentity;
import io.tidegate.policyengine.topology.EngineParts;
import io.tidegate.policyengine.topology.EngineStreams;
import io.tidegate.policyengine.topology.StreamsSettings;
import io.tidegate.policyengine.topology.WarmUp;
import io.tidegate.policyengine.trace.SpanSender;
import io.tidegate.policyengine.trace.Spans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts the topology as soon as its Kafka is there, and stops it with the service. */
@ApplicationScoped
public class EngineLifecycle {

    private static final Logger LOG = Logger.getLogger(EngineLifecycle.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration LOG_EVERY = Duration.ofSeconds(30);

    private final EngineConfig config;
    private final MeterRegistry registry;
    private final EngineMetrics metrics;
    private final InstantSource clock;
    private final int httpPort;
    private volatile Phase phase = new Phase.Waiting("the service is starting");
    private volatile Spans spans = Spans.NONE;
    private volatile boolean stopping;
    private final Thread starter =
            Thread.ofPlatform().daemon().name("engine-start").unstarted(this::start);

    EngineLifecycle(
            EngineConfig config,
            MeterRegistry registry,
            EngineMetrics metrics,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.http.port") int httpPort) {
        this.config = config;
        this.registry = registry;
        this.metrics = metrics;
        this.clock = clock;
        this.httpPort = httpPort;
    }

    /** How far the start is. */
    public Phase phase() {
        return phase;
    }

    void onStart(@Observes StartupEvent event) {
        ConfigCheck.check(config);
        starter.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
        starter.interrupt();
        if (phase instanceof Phase.Started started) {
            started.streams().stop(config.shutdownTimeout());
        }
        spans.close();
    }

    private void start() {
        try {
            int partitions = waitForTopics();
            if (!stopping) {
                KafkaProbe probe = new KafkaProbe(StreamsSettings.client(config));
                phase = new Phase.Started(start(partitions), probe);
                probe.start();
                WarmUp.run(DecisionEngine::decide);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException | KafkaException | IOException e) {
            phase = new Phase.Failed(String.valueOf(e.getMessage()));
            LOG.errorf("engine can't start and stops reason=%s", e.getMessage());
            Quarkus.asyncExit(1);
        }
    }

    /** @throws IllegalStateException if the topics don't fit together */
    private int waitForTopics() throws InterruptedException {
        EngineTopics topics = new EngineTopics(config, clock);
        OtherWriters others = new OtherWriters(config, clock);
        long loggedAt = Long.MIN_VALUE;
        while (true) {
            try {
                int partitions = topics.partitions();
                Optional<String> other = others.problem();
                if (other.isEmpty()) {
                    return partitions;
                }
                phase = new Phase.Waiting(other.get());
            } catch (KafkaException e) {
                phase = new Phase.Waiting(topics.problem(e));
            }
            if (loggedAt == Long.MIN_VALUE || clock.millis() - loggedAt >= LOG_EVERY.toMillis()) {
                loggedAt = clock.millis();
                LOG.warnf("engine waits: %s", ((Phase.Waiting) phase).reason());
            }
            Thread.sleep(RETRY_AFTER);
        }
    }

    private EngineStreams start(int partitions) throws IOException {
        String instanceId = config.instanceId().orElseGet(HostName::local);
        EngineAddress self = config.advertisedAddress()
                .map(EngineAddress::parse)
                .orElseGet(() -> new EngineAddress(HostName.local(), httpPort));
        Path stateDir = config.stateDir()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "tidegate-engine"))
                .resolve(instanceId);
        Files.createDirectories(stateDir);
        EngineIdentity identity = EngineIdentity.of(config);
        Properties settings = StreamsSettings.of(config, instanceId, stateDir, self);
        spans = SpanSender.of(config.traces(), metrics);
        EngineParts parts = new EngineParts(
                DecisionEngine::decide, metrics, clock, config.catchUpAfter(), partitions, identity, spans);
        LOG.infof(
                "engine starts instance=%s application=%s shadow=%s address=%s stateDir=%s partitions=%d",
                instanceId, identity.applicationId(), identity.shadow(), self, stateDir, partitions);
        return EngineStreams.start(parts, settings, self, registry);
    }
}
