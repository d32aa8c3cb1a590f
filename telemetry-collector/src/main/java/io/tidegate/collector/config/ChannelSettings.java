package io.tidegate.collector.config;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Map;

/** Gives the channels what all clients of Tidegate's own Kafka are given. */
@ApplicationScoped
public class ChannelSettings {

    /** Named in application.properties. */
    @Produces
    @ApplicationScoped
    @Identifier("tidegate")
    Map<String, Object> clients(CollectorConfig config) {
        return Settings.clients(config);
    }
}
