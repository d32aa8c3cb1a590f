package io.tidegate.policyengine.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidegate.policyengine.EngineConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {

    @Test
    void takesTheDefaults() {
        assertDoesNotThrow(() -> ConfigCheck.check(config(Map.of())));
    }

    @Test
    void namesEachValueThatIsNotAllowed() {
        EngineConfig config = config(Map.of(
                "tidegate.kafka.bootstrap-servers", "nowhere",
                "tidegate.stream-threads", "0",
                "tidegate.catch-up-after", "PT2H"));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config));
        assertEquals(
                "tidegate.kafka.bootstrap-servers is 'nowhere'; allowed is host:port, comma-separated."
                        + " tidegate.stream-threads is '0'; allowed is 1 to 64."
                        + " tidegate.catch-up-after is 'PT2H'; allowed is PT1S to PT1H.",
                refused.getMessage());
    }

    @Test
    void decidesForShowOnlyUnderANameOfItsOwn() {
        assertDoesNotThrow(
                () -> ConfigCheck.check(config(Map.of("tidegate.variant", "green", "tidegate.shadow", "true"))));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> ConfigCheck.check(config(Map.of("tidegate.shadow", "true"))));
        assertEquals("tidegate.shadow is 'true'; allowed is true only with tidegate.variant.", refused.getMessage());
    }

    @Test
    void takesAnAddressForSpansAndNothingElse() {
        for (String address : List.of("http://localhost:4318", "https://otel.example/otlp", "http://10.0.0.1:4318/")) {
            assertDoesNotThrow(() -> ConfigCheck.check(config(Map.of("tidegate.traces.endpoint", address))), address);
        }
        for (String address : List.of("localhost:4318", "ftp://x", "http://", "http://a b", "http://u:p@host:4318")) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ConfigCheck.check(config(Map.of("tidegate.traces.endpoint", address))));
            assertEquals(
                    "tidegate.traces.endpoint is '" + address + "'; allowed is http:// or https://, and a host.",
                    refused.getMessage());
        }
    }

    static EngineConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(EngineConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(EngineConfig.class);
    }
}
