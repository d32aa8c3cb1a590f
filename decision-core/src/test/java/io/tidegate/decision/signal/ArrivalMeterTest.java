package io.tidegate.decision.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ArrivalMeterTest {
    private ArrivalMemory memory = ArrivalMemory.EMPTY;

    private ArrivalMeterTest at(long millis, long end) {
        return at(millis, end, 1);
    }

    private ArrivalMeterTest at(long millis, long end, int partitions) {
        memory = ArrivalMeter.update(memory, new Totals(0, 0, end, 0, partitions, 0, 0, 0, 0, -1), millis);
        return this;
    }

    private double rate() {
        return ArrivalMeter.rate(memory).orElse(-1);
    }

    @Test
    void isUnknownBeforeASecondHasPassed() {
        assertEquals(OptionalDouble.empty(), ArrivalMeter.rate(memory));
        assertEquals(OptionalDouble.empty(), ArrivalMeter.rate(at(0, 0).memory));
        assertEquals(OptionalDouble.empty(), ArrivalMeter.rate(at(900, 90).memory));
        assertEquals(100, at(1_000, 100).rate());
    }

    @Test
    void seesARiseWithinASecondAndAFallWithinThree() {
        for (int i = 0; i <= 20; i++) {
            at(i * 200L, i * 20L);
        }
        assertEquals(100, rate());
        for (int i = 1; i <= 5; i++) {
            at(4_000 + i * 200L, 400 + i * 200L);
        }
        assertEquals(1_000, rate(), 200);
        for (int i = 1; i <= 16; i++) {
            at(5_000 + i * 200L, 1_400);
        }
        assertEquals(0, rate());
    }

    @Test
    void bridgesUnevenSamples() {
        at(0, 0).at(30_000, 300);
        assertEquals(10, rate());
        at(30_050, 301).at(31_700, 317).at(31_720, 317).at(33_900, 339);
        assertEquals(10, rate(), 0.5);
    }

    @Test
    void keepsFewMarks() {
        for (int i = 0; i < 1_000; i++) {
            at(i * 50L, i);
            assertTrue(memory.marks().size() <= ArrivalMeter.MOST_MARKS);
        }
    }

    @Test
    void startsAnewWithAnotherTopicOrOtherPartitions() {
        at(0, 0).at(2_000, 200).at(4_000, 10);
        assertEquals(-1, rate());
        at(6_000, 20);
        assertEquals(5, rate());
        at(8_000, 5_000, 2);
        assertEquals(-1, rate());
    }

    @Test
    void tellsHowLongTheOldestRecordWaits() {
        assertEquals(0, ArrivalMeter.waitedMillis(memory, 5));
        at(0, 0).at(1_000, 100).at(2_000, 300);
        assertEquals(0, ArrivalMeter.waitedMillis(memory, 0));
        assertEquals(500, ArrivalMeter.waitedMillis(memory, 100));
        assertEquals(1_500, ArrivalMeter.waitedMillis(memory, 250));
        assertEquals(2_000, ArrivalMeter.waitedMillis(memory, 300));
        assertEquals(4_000, ArrivalMeter.waitedMillis(memory, 600), "beyond the window by its rate");
    }

    @Test
    void takesTheEndOfAQuietTimeForTheArrivalThatEndedIt() {
        at(0, 50).at(30_000, 64);
        assertEquals(0, ArrivalMeter.waitedMillis(memory, 14));
        at(30_400, 64);
        assertEquals(400, ArrivalMeter.waitedMillis(memory, 14));
    }

    @Test
    void saysNothingBeyondItsFirstMark() {
        at(0, 50);
        assertEquals(0, ArrivalMeter.waitedMillis(memory, 14));
        at(1_000, 50);
        assertEquals(1_000, ArrivalMeter.waitedMillis(memory, 14));
    }
}
