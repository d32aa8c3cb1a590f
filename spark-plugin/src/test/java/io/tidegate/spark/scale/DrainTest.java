package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.spark.scale.Drain.Plan;
import io.tidegate.spark.scale.Drain.Rest;
import io.tidegate.spark.scale.Drain.Wait;
import io.tidegate.spark.scale.Drain.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTest {
    private static ExecutorLoad load(String id, int tasks, long shuffle, long cached) {
        return new ExecutorLoad(id, tasks, shuffle, cached, false);
    }

    private static List<ExecutorLoad> idle(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> load(Integer.toString(i), 0, 0, 0))
                .toList();
    }

    @Test
    void restsWithinTheLimit() {
        assertEquals(new Rest(), Drain.plan(idle(4), 0, 4, false));
        assertEquals(new Rest(), Drain.plan(idle(3), 1, 4, false));
    }

    @ParameterizedTest
    @CsvSource({"10,0,2", "8,0,2", "7,0,1", "3,0,1", "1,0,1", "40,0,10", "40,38,2"})
    void letsAQuarterGoAtMost(int running, int limit, int victims) {
        Wave wave = assertInstanceOf(Wave.class, Drain.plan(idle(running), 0, limit, false));
        assertEquals(victims, wave.executors().size());
    }

    @Test
    void waitsUntilTheLastWaveIsGone() {
        assertInstanceOf(Wait.class, Drain.plan(idle(10), 1, 2, true));
    }

    @Test
    void takesTheCheapestFirst() {
        List<ExecutorLoad> running = List.of(
                load("busy", 1, 0, 0),
                load("busier", 3, 0, 0),
                load("shuffle", 0, 10, 0),
                load("moreShuffle", 0, 20, 0),
                load("cached", 0, 0, 5),
                load("free", 0, 0, 0),
                load("a", 9, 9, 9),
                load("b", 9, 9, 9));
        List<String> order = new ArrayList<>();
        List<ExecutorLoad> left = new ArrayList<>(running);
        while (!left.isEmpty()) {
            Wave wave = assertInstanceOf(Wave.class, Drain.plan(left, 0, left.size() - 1, false));
            order.addAll(wave.executors());
            left.removeIf(load -> wave.executors().contains(load.id()));
        }
        assertEquals(List.of("free", "cached", "shuffle", "moreShuffle", "busy", "busier", "b", "a"), order);
    }

    @Test
    void sparesThoseWhoseShuffleIsRead() {
        List<ExecutorLoad> running = List.of(
                new ExecutorLoad("read", 0, 0, 0, true), load("busy", 4, 0, 0), new ExecutorLoad("too", 0, 0, 0, true));
        assertEquals(new Wave(List.of("busy")), Drain.plan(running, 0, 0, false));
        assertEquals(new Wave(List.of("too")), Drain.plan(running, 0, 0, true));
    }

    @Test
    void waitsWhileTheShuffleOfAllIsRead() {
        Plan plan = Drain.plan(List.of(new ExecutorLoad("read", 0, 0, 0, true)), 0, 0, false);
        assertEquals(new Wait("a stage reads the shuffle of each"), plan);
    }

    @Test
    void neverLetsTooManyGo() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            List<ExecutorLoad> running = IntStream.range(0, random.nextInt(50))
                    .mapToObj(id -> new ExecutorLoad(
                            Integer.toString(id),
                            random.nextInt(3),
                            random.nextInt(100),
                            random.nextInt(100),
                            random.nextBoolean()))
                    .toList();
            int limit = random.nextInt(50);
            if (Drain.plan(running, 0, limit, false) instanceof Wave wave) {
                int gone = wave.executors().size();
                assertTrue(gone >= 1 && running.size() - gone >= limit, () -> "seed " + seed);
                assertTrue(gone <= Math.max(1, running.size() / 4), () -> "seed " + seed);
            }
        }
    }
}
