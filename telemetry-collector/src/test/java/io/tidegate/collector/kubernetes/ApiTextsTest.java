package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTextsTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "15s, PT15S",
        "1m0s, PT1M",
        "1h2m3.5s, PT1H2M3.5S",
        "17.250s, PT17.25S",
        "500ms, PT0.5S",
        "1.5us, PT0.0000015S",
        "10ns, PT0.00000001S"
    })
    void readsDurationsOfGo(String text, Duration duration) {
        assertEquals(duration, ApiTexts.duration(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "s",
                "-15s",
                "15s ",
                "1x",
                "1.s2",
                "9999999999s",
                "1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s"
            })
    void refusesOtherDurations(String text) {
        assertThrows(IllegalArgumentException.class, () -> ApiTexts.duration(text));
    }

    @Test
    void readsTimes() {
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), ApiTexts.time("2026-01-02T03:04:05Z"));
        assertEquals(Instant.parse("2026-01-02T01:04:05.5Z"), ApiTexts.time("2026-01-02T03:04:05.5+02:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-02",
                "2026-13-02T03:04:05Z",
                "+999999999-12-31T23:59:59Z",
                "1767323045678000000000"
            })
    void refusesOtherTimes(String text) {
        assertThrows(IllegalArgumentException.class, () -> ApiTexts.time(text));
    }
}
