package io.tidegate.decision;

import io.tidegate.decision.guard.GuardMemory;
import io.tidegate.decision.signal.CrewMemory;
import io.tidegate.decision.signal.SignalMemory;
import java.util.List;
import java.util.Objects;

/**
 * What the core remembers of one workload between decisions: bounded, and made of records, lists, strings and numbers
 * only, so that any mapper can store it. Times are ms since the epoch.
 *
 * @param crew the target's size and how long its replicas take to start
 * @param signals one per signal of the policy
 * @param guards recommendations and changes within the windows
 */
public record Memory(CrewMemory crew, List<SignalMemory> signals, GuardMemory guards) {
    private static final Memory EMPTY = new Memory(CrewMemory.EMPTY, List.of(), GuardMemory.EMPTY);

    public Memory {
        Objects.requireNonNull(crew, "crew");
        signals = List.copyOf(signals);
        Objects.requireNonNull(guards, "guards");
    }

    /** Nothing has been seen or decided. */
    public static Memory empty() {
        return EMPTY;
    }
}
