package io.tidegate.testbed.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {
    private final Map<String, String> environment = new HashMap<>(
            Map.of("BOOTSTRAP_SERVERS", "localhost:1", "TOPIC", "orders", "GROUP", "g", "RECORDS_PER_SECOND", "12.5"));

    @Test
    void hasDefaultsForWhatMayBeLeftOut() {
        assertEquals(
                new IngestSettings(
                        "localhost:1",
                        "orders",
                        "g",
                        12.5,
                        Duration.ofMillis(500),
                        IngestSettings.Protocol.CONSUMER,
                        "ingest",
                        Optional.empty()),
                IngestSettings.from(environment));
    }

    @Test
    void takesAllThatIsSet() {
        environment.putAll(Map.of(
                "COMMIT_INTERVAL_MS", "100", "GROUP_PROTOCOL", "classic", "POD_NAME", "p-1", "READY_FILE", "here"));
        assertEquals(
                new IngestSettings(
                        "localhost:1",
                        "orders",
                        "g",
                        12.5,
                        Duration.ofMillis(100),
                        IngestSettings.Protocol.CLASSIC,
                        "p-1",
                        Optional.of(Path.of("here"))),
                IngestSettings.from(environment));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TOPIC              | ''   | TOPIC is not set
            RECORDS_PER_SECOND | fast | RECORDS_PER_SECOND is fast, which is not a number
            RECORDS_PER_SECOND | NaN  | RECORDS_PER_SECOND is NaN; 0.1 to 1000000 is allowed
            RECORDS_PER_SECOND | 0    | RECORDS_PER_SECOND is 0; 0.1 to 1000000 is allowed
            COMMIT_INTERVAL_MS | -5   | COMMIT_INTERVAL_MS is -5; 1.0 to 60000 is allowed
            GROUP_PROTOCOL     | new  | GROUP_PROTOCOL is new; consumer and classic are allowed
            """)
    void namesTheVariableThatIsWrong(String name, String value, String message) {
        environment.put(name, value);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> IngestSettings.from(environment))
                        .getMessage());
    }
}
