package io.tidegate.collector.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration of the telemetry collector. */
@ConfigMapping(prefix = "tidegate")
public interface CollectorConfig {

    /** Name of the Kubernetes cluster, the first segment of every id; equal in all services. */
    @WithDefault("default")
    String cluster();

    /** Name of this instance, kept over restarts and unique among collectors; the host name if absent. */
    Optional<String> instanceId();

    /** Tidegate's own Kafka cluster. */
    Kafka kafka();

    /** Namespaces whose policies are watched; all if absent. */
    Optional<List<String>> namespaces();

    /** Reading of consumer lag. */
    Lag lag();

    /** Reading of the pods' usage. */
    Usage usage();

    /** Asking of the Prometheus that policies name. */
    Prometheus prometheus();

    /** Reading of Spark applications. */
    Spark spark();

    /** From one repetition of all policies and workloads to the next, so that a reader of the log need not go further back. */
    @WithDefault("10m")
    Duration keyframeInterval();

    /** From one tick to the next; ticks move time on for readers of a partition in which nothing happens. */
    @WithDefault("1s")
    Duration tickInterval();

    /** Tidegate's own topics. */
    Topics topics();

    /** Tidegate's own Kafka cluster. */
    interface Kafka {

        /** Where it is, as host:port,host:port. */
        @WithDefault("localhost:9092")
        String bootstrapServers();

        /**
         * Further settings of all clients of this cluster, such as {@code "security.protocol"}. Where a Connection names brokers of
         * this cluster only, by the same addresses, what is about encryption and login holds there too.
         */
        Map<String, String> properties();
    }

    /** Reading of consumer lag. */
    interface Lag {

        /** From one read of offsets to the next while something moves; 20 ms to 1 min. */
        @WithDefault("200ms")
        Duration period();

        /** How long offsets must stay the same before topics are watched by a waiting fetch instead. */
        @WithDefault("1s")
        Duration quietAfter();

        /** From one sample to the next while nothing waits and nothing moves. */
        @WithDefault("30s")
        Duration heartbeat();

        /** From one read to the next while the waiting fetch watches and nothing waits. */
        @WithDefault("5s")
        Duration slowCheck();

        /** How long one fetch waits at the broker; until it is over, newly watched topics are polled too. */
        @WithDefault("1s")
        Duration fetchWait();
    }

    /** Reading of the pods' usage. */
    interface Usage {

        /** From one read of the metrics API to the next, one list for each namespace with a resource signal; 1 s to 10 min. */
        @WithDefault("15s")
        Duration period();
    }

    /** Asking of the Prometheus that policies name. */
    interface Prometheus {

        /** From asking a query to asking it again; 1 s to 30 s, so that an answer that is missed does no harm. */
        @WithDefault("15s")
        Duration period();

        /** How long a query may take; 100 ms to 30 s. */
        @WithDefault("5s")
        Duration timeout();
    }

    /** Reading of Spark applications. */
    interface Spark {

        /** Audience of the projected tokens by which drivers prove which pod they are. */
        @WithDefault("tidegate-collector")
        String audience();

        /** From one read of the REST API of a driver without the plugin to the next; 1 s to 10 min. */
        @WithDefault("5s")
        Duration pollPeriod();
    }

    /** Tidegate's own topics. */
    interface Topics {

        /** Create the topics that are missing. */
        @WithDefault("true")
        boolean create();

        /** Partitions of a topic that is created; fixed from then on, and equal for all topics. */
        @WithDefault("12")
        int partitions();

        /** Copies of each partition of a topic that is created; the broker's default if absent. */
        Optional<Short> replicationFactor();
    }
}
