package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "1ms, PT0.001S",
        "999999999ms, PT277H46M39.999S",
        "10s, PT10S",
        "90s, PT1M30S",
        "3m, PT3M",
        "1h30m, PT1H30M",
        "2h3m4s5ms, PT2H3M4.005S",
        "1m1ms, PT1M0.001S",
        "999999h, PT999999H"
    })
    void readsWhatKubernetesUsersWrite(String text, Duration expected) {
        assertEquals(expected, KubernetesDuration.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "s",
                "10 s",
                "1.5s",
                "-1s",
                "+1s",
                "1s1m",
                "1d",
                "1us",
                "10S",
                "1s\n",
                "1000000h",
                "1s1s",
                "٣s",
                "1h2",
                "PT1S"
            })
    void refusesWhatIsNoDuration(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KubernetesDuration.parse(text));

        assertEquals("not a duration such as 10s, 1m30s or 500ms: '" + text + "'", refused.getMessage());
    }

    @Test
    void refusesALongTextAtOnceAndInShort() {
        String digits = "1".repeat(1_000_000) + "s";

        IllegalArgumentException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThrows(IllegalArgumentException.class, () -> KubernetesDuration.parse(digits)));

        assertEquals("not a duration such as 10s, 1m30s or 500ms: '" + "1".repeat(40) + "...'", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.000000001S, 0s", "PT90S, 1m30s", "PT24H, 24h", "PT1.0019S, 1s1ms"})
    void writesTheShortestFormToTheMillisecond(Duration duration, String expected) {
        assertEquals(expected, KubernetesDuration.format(duration));
    }

    @Test
    void writesNoNegativeDuration() {
        assertThrows(IllegalArgumentException.class, () -> KubernetesDuration.format(Duration.ofMillis(-1)));
    }

    @Test
    void readsBackWhatItWrites() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Duration duration =
                    Duration.ofMillis(random.nextLong(Duration.ofHours(999_999).toMillis()) >> random.nextInt(40));
            String text = KubernetesDuration.format(duration);

            assertEquals(duration, KubernetesDuration.parse(text), text);
            assertTrue(text.matches(KubernetesDuration.PATTERN), text);
        }
    }

    @Test
    void itsPatternRefusesADecimalFraction() {
        assertFalse("1.5s".matches(KubernetesDuration.PATTERN));
    }
}
