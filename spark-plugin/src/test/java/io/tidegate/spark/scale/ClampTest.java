package io.tidegate.spark.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClampTest {
    private static DesiredState state(long sequence, int floor, int cap) {
        return new DesiredState(sequence, floor, cap, false);
    }

    @Test
    void grantsWhatIsWantedBeforeTheFirstState() {
        Clamp clamp = new Clamp(true, 100);
        assertEquals(44, clamp.want(44));
        assertEquals(OptionalInt.empty(), clamp.limit());
        assertEquals(OptionalInt.empty(), clamp.total());
    }

    @ParameterizedTest
    @CsvSource({"0,2", "2,2", "5,5", "10,10", "44,10"})
    void keepsBothBounds(int wanted, int granted) {
        Clamp clamp = new Clamp(true, 100);
        clamp.take(state(1, 2, 10));
        assertEquals(granted, clamp.want(wanted));
        assertEquals(wanted, clamp.wanted());
        assertEquals(granted, clamp.granted());
    }

    @Test
    void grantsAnewWhenTheCapMoves() {
        Clamp clamp = new Clamp(true, 100);
        clamp.want(44);
        clamp.take(state(1, 0, 1));
        assertEquals(1, clamp.granted());
        clamp.take(state(2, 0, 4));
        assertEquals(4, clamp.granted());
        assertEquals(OptionalInt.of(4), clamp.limit());
    }

    @Test
    void takesOnlyWhatIsNewer() {
        Clamp clamp = new Clamp(true, 100);
        assertTrue(clamp.take(state(5, 0, 4)));
        assertFalse(clamp.take(state(5, 0, 9)));
        assertFalse(clamp.take(state(4, 0, 9)));
        assertEquals(OptionalInt.of(4), clamp.limit());
        assertTrue(clamp.take(state(6, 0, 9)));
    }

    @Test
    void takesTheFirstWhateverItsSequence() {
        assertTrue(new Clamp(true, 100).take(state(0, 0, 4)));
    }

    @Test
    void openGivesSparkWhatItWasConfiguredWith() {
        Clamp clamp = new Clamp(true, 20);
        clamp.want(44);
        clamp.take(state(1, 5, 10));
        clamp.open(true);
        assertEquals(20, clamp.granted());
        assertEquals(0, clamp.want(0));
        assertEquals(OptionalInt.empty(), clamp.limit());
        clamp.open(false);
        assertEquals(5, clamp.granted());
        assertEquals(OptionalInt.of(10), clamp.limit());
    }

    @Test
    void openNeverLowersTheCap() {
        Clamp clamp = new Clamp(true, 3);
        clamp.want(44);
        clamp.take(state(1, 0, 10));
        clamp.open(true);
        assertEquals(10, clamp.granted());
    }

    @Test
    void withoutDynamicAllocationTheCapIsTheNumber() {
        Clamp clamp = new Clamp(false, 3);
        assertEquals(3, clamp.want(3));
        clamp.take(state(1, 7, 7));
        assertEquals(7, clamp.granted());
        assertEquals(OptionalInt.of(7), clamp.total());
        clamp.take(state(2, 1, 1));
        assertEquals(OptionalInt.of(1), clamp.total());
        clamp.open(true);
        assertEquals(OptionalInt.of(3), clamp.total());
    }
}
