package io.tidegate.collector.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void allClientsOfItsOwnKafkaAreGivenWhatIsConfigured() {
        assertEquals(
                Map.of(
                        "bootstrap.servers",
                        "kafka:9093",
                        "security.protocol",
                        "SSL",
                        "ssl.truststore.location",
                        "/trust"),
                Settings.clients(config(Map.of(
                        "tidegate.kafka.bootstrap-servers",
                        "kafka:9093",
                        "tidegate.kafka.properties.\"security.protocol\"",
                        "SSL",
                        "tidegate.kafka.properties.\"ssl.truststore.location\"",
                        "/trust"))));
    }

    private static CollectorConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(CollectorConfig.class)
                .withDefaultValues(values)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(CollectorConfig.class);
    }
}
