package io.tidegate.autoscaler.act;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What we know of the writers of one workload's size. A size that is not ours within a while of our own write was written by
 * somebody else; twice in a row is a conflict, and then we stand back for some time. Confined to one thread at a time.
 */
final class ForeignWrites {

    /** Writes remembered; an observation older than all of them would be older than the window too. */
    private static final int REMEMBERED = 8;

    private final ConflictRules rules;
    private final Deque<OwnWrite> own = new ArrayDeque<>();
    private @Nullable String object;
    private @Nullable Integer known;

    /** Writes of ours whose answer was lost: each may have been carried out, also long after the next one was sent. */
    private final Deque<LostWrite> lost = new ArrayDeque<>();

    private int foreign;
    private @Nullable StandBack standBack;

    ForeignWrites(ConflictRules rules) {
        this.rules = rules;
    }

    /**
     * The size to expect for a target that was decided on another. A decision may have been made before our last write was
     * observed; then that write is what is there.
     *
     * @param decidedOn replicas that the decision saw; null if it did not know
     */
    OptionalInt expected(@Nullable Integer decidedOn, long now) {
        OwnWrite last = own.peekLast();
        if (last == null || !within(last.at(), now)) {
            return decidedOn == null ? OptionalInt.empty() : OptionalInt.of(decidedOn);
        }
        if (decidedOn == null || ours(decidedOn) || mayBeOurs(decidedOn, now)) {
            return OptionalInt.of(known == null ? last.to() : known);
        }
        observed(decidedOn, now);
        return OptionalInt.of(decidedOn);
    }

    private boolean ours(int replicas) {
        return own.stream().anyMatch(write -> write.from() == replicas || write.to() == replicas);
    }

    private boolean mayBeOurs(int replicas, long now) {
        return lost.stream().anyMatch(write -> write.to() == replicas && within(write.at(), now));
    }

    /**
     * Notes which object holds the size; what was known of another is forgotten.
     *
     * @param identity the same for as long as it is the same object
     */
    void in(String identity) {
        if (!identity.equals(object)) {
            object = identity;
            own.clear();
            known = null;
            lost.clear();
            foreign = 0;
        }
    }

    /** Notes the size that is there, as the API server just said. */
    void observed(int replicas, long now) {
        OwnWrite last = own.peekLast();
        if (last != null && known != null && replicas != known && !mayBeOurs(replicas, now) && within(last.at(), now)) {
            foreign++;
        }
        known = replicas;
    }

    /** Notes a write of ours whose answer was lost; if that size is seen, it is ours. */
    void mayHaveWritten(int to, long now) {
        lost.addLast(new LostWrite(to, now));
        if (lost.size() > REMEMBERED) {
            lost.removeFirst();
        }
    }

    /** Notes a write of ours that was accepted. */
    void wrote(int from, int to, long now) {
        OwnWrite last = own.peekLast();
        if (last == null || !within(last.at(), now)) {
            foreign = 0;
            own.clear();
        }
        own.addLast(new OwnWrite(from, to, now));
        if (own.size() > REMEMBERED) {
            own.removeFirst();
        }
        known = to;
    }

    /** Whether to stand back from a policy of this generation. */
    boolean conflicted(long generation, long now) {
        if (standBack != null && (standBack.generation() != generation || now - standBack.until() >= 0)) {
            standBack = null;
            foreign = 0;
            own.clear();
        }
        if (standBack == null && foreign >= rules.writes()) {
            standBack = new StandBack(generation, now + rules.standBack().toNanos());
        }
        return standBack != null;
    }

    /** The size that somebody else has set, for the message. */
    OptionalInt foreignSize() {
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    /** Time after a write of ours within which another's counts. */
    Duration window() {
        return rules.window();
    }

    /** Time left of standing back. */
    Duration standBackLeft(long now) {
        return standBack == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, standBack.until() - now));
    }

    private boolean within(long at, long now) {
        return now - at <= rules.window().toNanos();
    }

    private record OwnWrite(int from, int to, long at) {}

    private record LostWrite(int to, long at) {}

    private record StandBack(long generation, long until) {}
}
