package io.tidegate.collector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnLoginTest {

    private static final Map<String, String> LOGIN =
            Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret", "ssl.truststore.location", "/t");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:1           | true
            a:1,b:2       | true
            b:2, a:1      | true
            a:2           | false
            A:1           | false
            a:1,elsewhere:1 | false
            elsewhere:1   | false
            ''            | false
            """)
    void isShownToBrokersOfTheSameAddressesOnly(String bootstrapServers, boolean shown) {
        OwnLogin own = OwnLogin.of("a:1, b:2", LOGIN);
        assertEquals(shown ? LOGIN : Map.of(), own.at(bootstrapServers));
    }

    @Test
    void isWhatIsAboutEncryptionAndLoginAndNothingElse() {
        OwnLogin own = OwnLogin.of("a:1", Map.of("sasl.mechanism", "PLAIN", "client.id", "x", "max.poll.records", "1"));
        assertEquals(Map.of("sasl.mechanism", "PLAIN"), own.at("a:1"));
    }

    @Test
    void saysNoSecret() {
        assertFalse(OwnLogin.of("a:1", LOGIN).toString().contains("secret"));
    }

    @Test
    void noneIsShownToNobody() {
        assertEquals(Map.of(), OwnLogin.NONE.at("a:1"));
    }
}
