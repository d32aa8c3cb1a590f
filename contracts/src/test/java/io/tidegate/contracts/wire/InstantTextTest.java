package io.tidegate.contracts.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read as the JDK reads them. */
class InstantTextTest {

    @Test
    void readsWhateverTheJdkWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            int[] nanos = {
                0, 1_000_000 * random.nextInt(1000), 1_000 * random.nextInt(1_000_000), random.nextInt(1_000_000_000)
            };
            Instant time = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L), nanos[i % 4]);
            assertEquals(time, WireScalars.instant(time.toString()), "seed 1, time " + i);
        }
    }

    @Test
    void readsWhateverTheJdkReads() {
        Random random = new Random(2);
        String alphabet = "0123456789.:-TZ+ tz";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("2026-02-28T23:59:58.120Z");
            for (int change = random.nextInt(3); change >= 0; change--) {
                char other = alphabet.charAt(random.nextInt(alphabet.length()));
                text.setCharAt(random.nextInt(text.length()), other);
            }
            if (text.charAt(4) == '-') {
                assertEquals(jdk(text.toString()), ours(text.toString()), "seed 2, text " + text);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2024-02-29T00:00:00Z",
                "2026-01-02T24:00:00Z",
                "2026-01-02T23:59:60Z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.123456789Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05+01:00",
                "2026-01-02t03:04:05z",
                "2026-13-02T03:04:05Z",
            })
    void readsTimesAtTheEdgeAsTheJdkDoes(String text) {
        assertEquals(jdk(text), ours(text));
    }

    private static Optional<Instant> jdk(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> ours(String text) {
        try {
            return Optional.of(WireScalars.instant(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
