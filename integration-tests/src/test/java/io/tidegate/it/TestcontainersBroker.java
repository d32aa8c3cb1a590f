package io.tidegate.it;

import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.process.Progress;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container, taken with {@code -Dtidegate.broker=testcontainers}; a Java service. */
public final class TestcontainersBroker implements BrokerSource {
    private static final String IMAGE = "apache/kafka:4.1.1";

    @Override
    public String name() {
        return "testcontainers";
    }

    @Override
    public Optional<String> unavailable() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("-D" + PROPERTY + "=" + name() + " needs Docker, which does not answer on this machine.");
    }

    @Override
    public KafkaBroker start(Path folder, Progress progress) {
        return progress.during("starting the Kafka broker in a container", () -> {
            KafkaContainer container = new KafkaContainer(IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
            container.start();
            return new ContainerBroker(container);
        });
    }

    private record ContainerBroker(KafkaContainer container) implements KafkaBroker {
        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers();
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
