package io.tidegate.autoscaler.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {

    @Test
    void theDefaultsAreAllowed() {
        assertDoesNotThrow(() -> ConfigCheck.check(config(Map.of())));
    }

    @Test
    void namesKeyValueAndWhatIsAllowed() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> ConfigCheck.check(config(Map.of(
                        "tidegate.topics.partitions", "0",
                        "tidegate.kafka.bootstrap-servers", "kafka"))));
        assertEquals(
                "tidegate.kafka.bootstrap-servers is 'kafka'; allowed is host:port, comma-separated. "
                        + "tidegate.topics.partitions is '0'; allowed is 1 to 1000.",
                refused.getMessage());
    }

    @Test
    void takesWhatKafkaTakesForAddresses() {
        assertDoesNotThrow(
                () -> ConfigCheck.check(config(Map.of("tidegate.kafka.bootstrap-servers", "a:9092, [::1]:9093"))));
    }

    @Test
    void takesTemplatesOfAddressesAndNamesOthers() {
        assertDoesNotThrow(() -> ConfigCheck.check(config(Map.of(
                "tidegate.links.history-server", "https://history.example/history/{appId}",
                "tidegate.links.logs", "http://logs.example/?q={cluster}/{namespace}/{pod}"))));
        for (String template : new String[] {"history/{appId}", "https://a/{app}", "https://a/{appId", "ftp://a"}) {
            assertEquals(
                    "tidegate.links.logs is '" + template
                            + "'; allowed is an http or https address that may name {cluster}, {namespace}, {pod} and {appId}.",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> ConfigCheck.check(config(Map.of("tidegate.links.logs", template))))
                            .getMessage());
        }
    }

    private static AutoscalerConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(AutoscalerConfig.class)
                .withDefaultValues(values)
                .withConverter(java.time.Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(AutoscalerConfig.class);
    }
}
