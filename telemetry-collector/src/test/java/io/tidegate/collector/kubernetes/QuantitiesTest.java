package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000",
        "250m, 250",
        "0.25, 250",
        ".5, 500",
        "1., 1000",
        "+2, 2000",
        "-0, 0",
        // As MilliValue rounds: up, be it by a billionth.
        "1n, 1",
        "1000001n, 2",
        "1500u, 2",
        "0.0001, 1",
        "412345678n, 413",
        "1k, 1000000",
        "1Ki, 1024000",
        "2e3, 2000000",
        "2E3, 2000000",
        "1e-3, 1",
        "5e-1, 500",
        "9223372036854775807m, 9223372036854775807",
        "9.223372036854775807P, 9223372036854775807"
    })
    void readsThousandths(String text, long milli) {
        assertEquals(milli, Quantities.milli(text));
    }

    @ParameterizedTest
    @CsvSource({
        "64Mi, 67108864", "1.5Gi, 1610612736", "1G, 1000000000", "128974848, 128974848", "129e6, 129000000",
        "1234567m, 1235", "1E, 1000000000000000000", "7Ei, 8070450532247928832", "0.1, 1", "0Ki, 0"
    })
    void readsWholeUnits(String text, long units) {
        assertEquals(units, Quantities.units(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "1x",
                "1 Gi",
                "1gi",
                "0x10",
                "1e",
                "e3",
                "--1",
                "1_000",
                "1,5",
                "1e1000",
                "1e999999999",
                "\u0661",
                "null",
                "Gi",
                "1KiKi",
                "1EE"
            })
    void refusesWhatIsNoQuantity(String text) {
        assertThrows(IllegalArgumentException.class, () -> Quantities.milli(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "-1, '-1' is negative",
                "-1n, '-1n' is negative",
                "9223372036854775808m, '9223372036854775808m' is more than can be counted",
                "8Ei, '8Ei' is more than can be counted",
                "1e99, '1e99' is more than can be counted"
            })
    void refusesWhatALongCannotHold(String text, String words) {
        assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, () -> Quantities.milli(text))
                        .getMessage());
    }

    @Test
    void refusesAHugeTextAtOnceAndInShort() {
        String huge = "9".repeat(1_000_000) + "\n";
        IllegalArgumentException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThrows(IllegalArgumentException.class, () -> Quantities.units(huge)));
        assertTrue(Objects.requireNonNull(refused.getMessage()).length() < 100);
    }
}
