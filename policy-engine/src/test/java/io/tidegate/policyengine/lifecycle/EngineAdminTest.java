package io.tidegate.policyengine.lifecycle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineAdminTest {

    /** Kafka's client refuses timeouts that don't go together before it looks for a broker. */
    @Test
    void itsTimeoutsAreTaken() {
        assertDoesNotThrow(() ->
                EngineAdmin.create(ConfigCheckTest.config(Map.of()), "test").close(Duration.ZERO));
    }
}
