package io.tidegate.autoscaler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Configuration of the autoscaler. */
@ConfigMapping(prefix = "tidegate")
public interface AutoscalerConfig {

    /** Name of the Kubernetes cluster, the first segment of every id; equal in all services. Targets of other clusters are left alone. */
    @WithDefault("default")
    String cluster();

    /**
     * Name of this instance, kept over restarts and unique among autoscalers, so that a restart within the session time-out moves no
     * partition. Default: the host name.
     */
    Optional<String> instanceId();

    /** Tidegate's own Kafka cluster. */
    Kafka kafka();

    /** Tidegate's own topics. */
    Topics topics();

    /** When a target may be written. */
    Fencing fencing();

    /** How often a write is tried. */
    Attempts attempts();

    /** When another writer of the same size is a conflict. */
    Conflicts conflicts();

    /** How many sizes may be written. */
    Limits limits();

    /** How often the policies' status may be written. */
    Status status();

    /** Where people look at the runs of Spark applications. */
    Links links();

    /** Tidegate's own Kafka cluster. */
    interface Kafka {

        /** Addresses of brokers to begin with, {@code host:port}, comma-separated. */
        @WithDefault("localhost:9092")
        String bootstrapServers();

        /** Further settings of all Kafka clients, such as {@code "security.protocol"}. */
        Map<String, String> properties();

        /** How long this instance may give no sign of life before another takes over its partitions; 3 s to 5 min. */
        @WithDefault("6s")
        Duration sessionTimeout();
    }

    /** Tidegate's own topics. */
    interface Topics {

        /** Whether missing topics are created. If not, the autoscaler waits until they are there. */
        @WithDefault("true")
        boolean create();

        /** Partitions of a topic that is created, the same for all topics and fixed from then on; 1 to 1000. */
        @WithDefault("12")
        int partitions();

        /** Copies of each partition that is created. Default: the broker's. */
        OptionalInt replicationFactor();
    }

    /** When a target may be written. */
    interface Fencing {

        /** Added to the session time-out before a new owner of a partition makes a workload smaller; 0 s to 5 min. */
        @WithDefault("2s")
        Duration shrinkMargin();

        /** Age of a partition's last heartbeat from which its targets are expired and not newly written; 2 s to 5 min. */
        @WithDefault("10s")
        Duration heartbeatExpiry();
    }

    /** How often a write is tried. */
    interface Attempts {

        /** Longest wait for an answer of the API server; 100 ms to 30 s. */
        @WithDefault("2s")
        Duration timeout();

        /** Writes in quick succession before a longer pause; 1 to 20. */
        @WithDefault("5")
        int quick();

        /** Pause after the first unclear answer; it doubles each time. 10 ms to 10 s. */
        @WithDefault("100ms")
        Duration firstPause();

        /** Pause after a refusal; it doubles each time. 100 ms to 5 min. */
        @WithDefault("5s")
        Duration refusedPause();

        /** No pause is longer; 1 s to 1 h. */
        @WithDefault("5m")
        Duration longestPause();
    }

    /** When another writer of the same size is a conflict. */
    interface Conflicts {

        /** Time after a write of ours within which another's counts; 1 s to 1 h. */
        @WithDefault("60s")
        Duration window();

        /** Number of such writes that make a conflict; 1 to 100. */
        @WithDefault("2")
        int writes();

        /** How long nothing is written then, unless the policy changes; 1 s to 24 h. */
        @WithDefault("10m")
        Duration standBack();
    }

    /** How many sizes may be written. */
    interface Limits {

        /** Writes a second in the whole cluster, in the long run; 1 to 10000. */
        @WithDefault("50")
        int clusterPerSecond();

        /** Writes at once in the whole cluster; 1 to 100000. */
        @WithDefault("200")
        int clusterBurst();

        /** Writes a second in one namespace, in the long run; 1 to 10000. */
        @WithDefault("20")
        int namespacePerSecond();

        /** Writes at once in one namespace; 1 to 100000. */
        @WithDefault("100")
        int namespaceBurst();

        /**
         * Workloads that are acted on at the same time, so that the API server answers some at once instead of all too late; 1 to
         * 1000.
         */
        @WithDefault("16")
        int inFlight();
    }

    /** How often the policies' status may be written. */
    interface Status {

        /** Least time between two writes of one policy's status; 100 ms to 10 min. */
        @WithDefault("1s")
        Duration perPolicy();

        /** Writes a second for all policies; 1 to 1000. */
        @WithDefault("20")
        int perSecond();
    }

    /** Where people look at the runs of Spark applications. */
    interface Links {

        /**
         * Address of a driver's user interface, for the status of its policy: a template in which {cluster}, {namespace}, {pod} and
         * {appId} stand for those of the driver. No link if absent.
         */
        Optional<String> driverUi();

        /** Address of an application in the History Server, in the same way. */
        Optional<String> historyServer();

        /** Address of a driver's log, in the same way. */
        Optional<String> logs();
    }
}
