package io.tidegate.testbed.broker;

import io.tidegate.testbed.process.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Where a broker comes from. Others than {@link #process} are found as Java services, by their name. */
public interface BrokerSource {
    /** Names the source to use; {@code process} unless it is set. */
    String PROPERTY = "tidegate.broker";

    String name();

    /** Why it cannot be used on this machine, in a sentence; empty when it can. */
    Optional<String> unavailable();

    /** Starts a broker and returns when it answers; it may keep its files in the given folder. */
    KafkaBroker start(Path folder, Progress progress);

    /** A process of this machine. */
    static BrokerSource process() {
        return new BrokerSource() {
            @Override
            public String name() {
                return "process";
            }

            @Override
            public Optional<String> unavailable() {
                return Optional.empty();
            }

            @Override
            public KafkaBroker start(Path folder, Progress progress) {
                return LocalKafkaBroker.start(folder, progress);
            }
        };
    }

    /** The source that the property {@value #PROPERTY} names; one that is unavailable when it is not known here. */
    static BrokerSource configured() {
        String wanted = System.getProperty(PROPERTY, "").strip();
        if (wanted.isEmpty() || wanted.equals(process().name())) {
            return process();
        }
        return ServiceLoader.load(BrokerSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(source -> source.name().equals(wanted))
                .findFirst()
                .orElseGet(() -> new MissingBrokerSource(wanted));
    }
}
