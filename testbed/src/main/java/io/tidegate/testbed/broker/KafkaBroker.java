package io.tidegate.testbed.broker;

import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.Restartable;
import java.util.Optional;

/** A running Kafka broker. */
public interface KafkaBroker extends AutoCloseable {
    /** Host and port for clients. */
    String bootstrapServers();

    /** Its process, where it is one of ours; for measuring what it costs. */
    default Optional<ChildProcess> process() {
        return Optional.empty();
    }

    /** To kill it and start it again; empty where it is not one of ours. */
    default Optional<Restartable> restartable() {
        return Optional.empty();
    }

    @Override
    void close();
}
