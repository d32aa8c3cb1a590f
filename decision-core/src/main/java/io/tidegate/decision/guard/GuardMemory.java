package io.tidegate.decision.guard;

import java.util.List;

/**
 * What the guards remember. Times are ms since the epoch, -1 if there is none.
 *
 * @param replicas size of the target at the last decision, -1 before the first
 * @param desired size that the last decision asked for
 * @param activeAt last time that there was work, or that it was not known whether there was
 * @param low smallest recommendations of the upward window, oldest and smallest first
 * @param high largest recommendations of the downward window, oldest and largest first
 * @param changes changes of size that followed a decision, oldest first
 */
public record GuardMemory(
        int replicas, int desired, long activeAt, List<SizedAt> low, List<SizedAt> high, List<SizedAt> changes) {
    /** Nothing has been decided. */
    public static final GuardMemory EMPTY = new GuardMemory(-1, -1, -1, List.of(), List.of(), List.of());

    public GuardMemory {
        low = List.copyOf(low);
        high = List.copyOf(high);
        changes = List.copyOf(changes);
    }
}
