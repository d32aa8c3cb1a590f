package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StartTimesTest {
    private final StartTimes times = new StartTimes();

    @Test
    void measuresFromTheOldestRequest() {
        times.granted(1, 100);
        times.granted(3, 500);
        times.registered(1_100);
        assertEquals(OptionalLong.of(1_000), times.last());
        times.registered(2_000);
        assertEquals(OptionalLong.of(1_500), times.last());
    }

    @Test
    void forgetsWhatWasTakenBack() {
        times.granted(1, 100);
        times.granted(2, 500);
        times.granted(1, 600);
        times.registered(1_100);
        times.registered(9_000);
        assertEquals(OptionalLong.of(1_000), times.last());
    }

    @Test
    void doesNotMeasureAReplacement() {
        times.registered(1_000);
        assertEquals(OptionalLong.empty(), times.last());
    }
}
