package io.tidegate.decision.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.decision.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void remembersNothingWithoutAWindow() {
        assertEquals(List.of(), Window.add(List.of(new SizedAt(0, 3)), 1, 4, Duration.ZERO, 1));
    }

    @Test
    void dropsWhatCanNoLongerMatter() {
        List<SizedAt> entries = Window.add(List.of(), 0, 5, MINUTE, 1);
        entries = Window.add(entries, 10_000, 3, MINUTE, 1);
        entries = Window.add(entries, 20_000, 4, MINUTE, 1);
        assertEquals(List.of(new SizedAt(0, 5), new SizedAt(20_000, 4)), entries);
        assertEquals(
                List.of(new SizedAt(20_000, 4), new SizedAt(60_000, 1)), Window.add(entries, 60_000, 1, MINUTE, 1));
        assertEquals(List.of(new SizedAt(30_000, 6)), Window.add(entries, 30_000, 6, MINUTE, 1));
    }

    @Test
    @Row("behavior/window-edge")
    void holdsTheLargestOrTheSmallestOfTheWindowAndSeldomLonger() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int sign = random.nextBoolean() ? 1 : -1;
            List<SizedAt> all = new ArrayList<>();
            List<SizedAt> entries = List.of();
            long at = 0;
            for (int i = 0; i < 300; i++) {
                at += random.nextInt(2_000);
                // Falling sizes are the worst case: each of them stays.
                int size = random.nextInt(4) == 0 ? random.nextInt(1_000) : sign * (1_000 - 3 * i);
                all.add(new SizedAt(at, size));
                entries = Window.add(entries, at, size, MINUTE, sign);
                long now = at;
                int exact = all.stream()
                        .filter(one -> one.at() > now - 60_000)
                        .mapToInt(SizedAt::replicas)
                        .map(one -> sign * one)
                        .max()
                        .orElseThrow();
                int kept = sign * entries.getFirst().replicas();
                assertTrue(entries.size() <= Window.MOST, "seed " + seed);
                assertTrue(kept >= exact, "seed " + seed + ": never holds for less than the window");
            }
        }
    }
}
