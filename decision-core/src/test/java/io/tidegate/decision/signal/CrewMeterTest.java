package io.tidegate.decision.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.Facts;
import io.tidegate.decision.model.Pods;
import io.tidegate.decision.model.TargetState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrewMeterTest {
    private CrewMemory memory = CrewMemory.EMPTY;
    private TargetState.Known target = target(0, 0);
    private double second;

    private static TargetState.Known target(int replicas, int ready) {
        return new TargetState.Known(
                replicas, replicas, new Pods(ready, replicas - ready, 0, 0, 0), Optional.empty(), Facts.START);
    }

    private CrewMeterTest at(double seconds, TargetState.Known seen) {
        second = seconds;
        target = seen;
        memory = CrewMeter.update(memory, seen, Facts.second(seconds));
        return this;
    }

    private Duration start() {
        return CrewMeter.startTime(memory, target);
    }

    private int working() {
        return CrewMeter.working(memory, target, Facts.second(second));
    }

    @Test
    void assumesAUsualStartUntilOneWasSeen() {
        assertEquals(Duration.ofSeconds(5), at(0, target(1, 0)).start());
        TargetState.Known said =
                new TargetState.Known(1, 1, Pods.allReady(1), Optional.of(Duration.ofSeconds(9)), Facts.START);
        assertEquals(Duration.ofSeconds(9), at(3, said).start());
    }

    @Test
    void learnsASlowerStartAtOnceAndAFasterOneByHalf() {
        at(0, target(1, 1)).at(10, target(3, 1)).at(11, target(3, 2)).at(14, target(3, 3));
        assertEquals(Duration.ofSeconds(4), start());
        at(20, target(4, 3)).at(28, target(4, 4));
        assertEquals(Duration.ofSeconds(8), start());
        at(30, target(5, 4)).at(32, target(5, 5));
        assertEquals(Duration.ofSeconds(5), start());
    }

    @Test
    void doesNotLearnWhereAsksOverlap() {
        at(0, target(1, 1)).at(10, target(3, 1)).at(12, target(5, 1));
        assertEquals(Facts.second(10).toEpochMilli(), memory.askedAt());
        at(14, target(5, 5));
        assertEquals(-1, memory.startMillis());
        assertEquals(-1, memory.askedAt());
    }

    @Test
    void doesNotLearnWhereReplicasAreTakenBack() {
        at(0, target(1, 1)).at(10, target(5, 1)).at(12, target(3, 1));
        assertEquals(Facts.second(10).toEpochMilli(), memory.askedAt(), "two are still starting");
        at(20, target(3, 3));
        assertEquals(-1, memory.startMillis());
        at(30, target(5, 3)).at(31, target(3, 3));
        assertEquals(-1, memory.askedAt(), "none is starting");
        assertEquals(-1, memory.startMillis());
    }

    @Test
    void takesAnEndlessStartForAnOutage() {
        at(0, target(1, 1)).at(10, target(2, 1)).at(5_000, target(2, 2));
        assertEquals(Duration.ofMinutes(10), start());
    }

    @Test
    void countsWorkingReplicasOnlyWhenItIsSure() {
        assertEquals(2, at(0, target(2, 2)).working());
        assertEquals(2, at(10, target(4, 2)).working(), "no replica starts so fast");
        assertEquals(0, at(12, target(4, 2)).working());
        assertEquals(0, at(13, target(4, 3)).working());
        assertEquals(3, at(50, target(4, 3)).working(), "the fourth is not coming");
        assertEquals(4, at(51, target(4, 4)).working());
        TargetState.Known stopping =
                new TargetState.Known(4, 4, new Pods(4, 0, 0, 0, 1), Optional.empty(), Facts.START);
        assertEquals(0, at(52, stopping).working());
        TargetState.Known lagging = new TargetState.Known(3, 4, new Pods(4, 0, 0, 0, 0), Optional.empty(), Facts.START);
        assertEquals(0, at(53, lagging).working());
        memory = CrewMemory.EMPTY;
        assertEquals(0, at(60, target(4, 3)).working(), "at first sight it is not known since when");
    }
}
