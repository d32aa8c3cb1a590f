package io.tidegate.decision.signal;

import io.tidegate.decision.model.Reason;

/** The lag of a group over all its partitions. An unknown lag is no number at all. */
public sealed interface LagMeasure {
    /** All partitions are known. */
    record Known(long lag, int partitions) implements LagMeasure {}

    /** Some partitions are known: the lag is at least this. Enough to grow, never to shrink. */
    record AtLeast(long lag, int partitions) implements LagMeasure {}

    /** Nothing is known, for {@code reason}; {@code detail} says more. */
    record Unknown(Reason reason, String detail) implements LagMeasure {}
}
