package io.tidegate.collector.world;

import java.net.URI;
import java.util.Objects;

/** What a Connection names. */
public sealed interface Endpoint {

    /**
     * A Kafka cluster.
     *
     * @param bootstrapServers brokers that are asked first, as {@code host:port,...}
     */
    record Kafka(String bootstrapServers) implements Endpoint {
        public Kafka {
            Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        }
    }

    /**
     * A Prometheus, or what has its query API.
     *
     * @param url where its API begins, before {@code /api/v1}
     */
    record Prometheus(URI url) implements Endpoint {
        public Prometheus {
            Objects.requireNonNull(url, "url");
        }
    }
}
