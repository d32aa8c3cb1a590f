package io.tidegate.decision.signal;

/**
 * What has been seen of a target's size. Times are ms since the epoch, -1 if there is none.
 *
 * @param asked replicas asked for, -1 before the first sight
 * @param askedAt when the first replicas were asked for that have yet to become ready
 * @param lastAskedAt when the last such replicas were asked for
 * @param ready ready pods
 * @param readyAt when {@code ready} changed
 * @param startMillis learned time from asking to all ready
 */
public record CrewMemory(int asked, long askedAt, long lastAskedAt, int ready, long readyAt, long startMillis) {
    public static final CrewMemory EMPTY = new CrewMemory(-1, -1, -1, 0, -1, -1);
}
