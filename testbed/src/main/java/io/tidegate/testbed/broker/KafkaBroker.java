package io.tidegate.testbed.broker;

import io.tidegate.testbed.process.ChildProcess;
import java.util.Optional;

/** A running Kafka broker. */
public interface KafkaBroker extends AutoCloseable {
    /** Host and port for clients. */
    String bootstrapServers();

    /** Its process, where it is one of ours; for measuring what it costs. */
    default Optional<ChildProcess> process() {
        return Optional.empty();
    }

    @Override
    void close();
}
