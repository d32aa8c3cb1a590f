package io.tidegate.testbed.broker;

import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.util.Optional;

/** Stands for a source that is not on the class path, as in modules that have no use for it. */
record MissingBrokerSource(String name) implements BrokerSource {
    @Override
    public Optional<String> unavailable() {
        return Optional.of("-D" + PROPERTY + "=" + name + " is not known in this module.");
    }

    @Override
    public KafkaBroker start(Path folder, Progress progress) {
        throw new TestbedException(unavailable().orElse(""));
    }
}
