package io.tidegate.policyengine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Configuration of the policy engine. */
@ConfigMapping(prefix = "tidegate")
public interface EngineConfig {

    /** Tidegate's own Kafka. */
    Kafka kafka();

    /** The topics that the services meet on. */
    Topics topics();

    /**
     * Which of several engines beside each other this is, such as {@code green}: those of another variant read all facts for themselves
     * and have a state of their own. Up to 40 lower-case letters, digits and hyphens. Default: none.
     */
    Optional<String> variant();

    /**
     * Whether it decides for show only: what it tells goes to topics of its own, whose names end with its variant, and nothing is carried
     * out. Needs a variant.
     */
    @WithDefault("false")
    boolean shadow();

    /**
     * Name of this instance, unique among the running engines and the same after a restart, so that a restart within the session
     * time-out moves no partition. Default: the host name.
     */
    Optional<String> instanceId();

    /**
     * Address under which the other engines reach this one's REST interface, {@code host:port}. Default: the host name and the
     * port of the REST interface.
     */
    Optional<String> advertisedAddress();

    /**
     * Folder of the local copy of the state; a folder of the instance's name is made in it. What is lost here is read again from
     * Kafka. Default: {@code tidegate-engine} in the folder for temporary files.
     */
    Optional<Path> stateDir();

    /** Copies of the state that other engines keep, so that one of them goes on at once; 0 to 3. */
    @WithDefault("1")
    int standbyReplicas();

    /** Threads that work on partitions; 1 to 64. */
    @WithDefault("1")
    int streamThreads();

    /**
     * How far the engine may be behind the log before it stops telling targets; it then tells the last target of each workload once
     * it has caught up. Decisions are told all the same. 1 s to 1 h.
     */
    @WithDefault("10s")
    Duration catchUpAfter();

    /** How often the position in the log is committed; what lies after it is read again after a crash. 20 ms to 30 s. */
    @WithDefault("1s")
    Duration commitInterval();

    /**
     * How far back the log is read again where the state is gone from Kafka; longer than the collector's keyframe interval, so that
     * all policies and workloads are in it. 1 min to 8 d.
     */
    @WithDefault("1h")
    Duration rebuildSpan();

    /** Longest time that a stop may take; 1 s to 5 min. */
    @WithDefault("10s")
    Duration shutdownTimeout();

    /** What is shown at {@code /q/metrics}. */
    Metrics metrics();

    /** What is shown at {@code /q/metrics}. */
    interface Metrics {

        /**
         * Most workloads of this instance that have series of their own, some 30 each; of others only the sums are shown. 0 to 100,000.
         */
        @WithDefault("2000")
        int workloads();
    }

    /** Where spans of decisions are sent. */
    Traces traces();

    /** Where spans of decisions are sent. */
    interface Traces {

        /**
         * Address of an OpenTelemetry collector that takes the OpenTelemetry protocol over HTTP, such as
         * {@code http://otel-collector:4318}; {@code /v1/traces} is added. The engine sends the spans of all three services. Default:
         * none, and no spans are made.
         */
        Optional<String> endpoint();

        /** Headers that it asks for, such as {@code "Authorization"}; a secret belongs in a Secret, not in a ConfigMap. */
        Map<String, String> headers();
    }

    /** Tidegate's own Kafka. */
    interface Kafka {

        /** Addresses of brokers to begin with, {@code host:port}, comma-separated. */
        @WithDefault("localhost:9092")
        String bootstrapServers();

        /** Further settings of all Kafka clients, such as {@code "security.protocol"}; they win over the engine's own. */
        Map<String, String> properties();
    }

    /** The topics that the services meet on. */
    interface Topics {

        /** Whether missing topics are created. If not, the engine waits until they are there. */
        @WithDefault("true")
        boolean create();

        /** Partitions of a topic that is created, the same for all topics and fixed from then on; 1 to 1000. */
        @WithDefault("12")
        int partitions();

        /** Copies of each partition that is created, the engine's changelog included. Default: the broker's. */
        OptionalInt replicationFactor();
    }
}
