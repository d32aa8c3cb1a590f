package io.tidegate.tools.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "500m, 0.5",
        "2Gi, 2147483648",
        "1.5k, 1500",
        "1e3, 1000",
        "1E3, 1000",
        "1E, 1e18",
        "+.5, 0.5",
        "1., 1",
        "3u, 0.000003"
    })
    void readsAmountsWithTheirUnits(String text, BigDecimal amount) {
        assertEquals(0, Quantity.parse(text).orElseThrow().amount().compareTo(amount));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "1 Gi", "1ki", "1K", "Gi", "1e", "--1", "1.2.3", "0x10"})
    void knowsWhatIsNone(String text) {
        assertTrue(Quantity.parse(text).isEmpty());
    }
}
