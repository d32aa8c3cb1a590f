package io.tidegate.autoscaler.targets;

import java.time.Duration;

/** Where a held target stands with regard to the stream. */
public sealed interface Standing {

    /** Its partition is not ours, or not any more. */
    record NotOwned() implements Standing {}

    /** A newer target, or a tombstone, has come. */
    record Superseded() implements Standing {}

    /**
     * It is the newest of a partition that is ours.
     *
     * @param ownedFor time since the partition was assigned
     * @param caughtUp whether all that was there at assignment has been read
     * @param heartbeatAge time since the last heartbeat of its partition, or since assignment if none came
     * @param heartbeatSeen whether a heartbeat has come since assignment
     * @param heardAge time since anything came from the broker
     */
    record Newest(Duration ownedFor, boolean caughtUp, Duration heartbeatAge, boolean heartbeatSeen, Duration heardAge)
            implements Standing {}
}
