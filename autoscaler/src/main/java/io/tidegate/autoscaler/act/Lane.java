package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.HeldTarget;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is being done for one workload: at most one step at a time, for the newest target. Whoever is told to run must run until
 * told to stop; wake-ups that come for an older round are void.
 */
final class Lane {

    private final ForeignWrites writes;
    private @Nullable Task task;
    private int taken;
    private @Nullable HeldTarget fallback;
    private int fallbackAttempts;
    private boolean fellBack;
    private boolean running;
    private boolean again;
    private long round;

    Lane(ForeignWrites writes) {
        this.writes = writes;
    }

    /** What others have written; only for the thread that runs. */
    ForeignWrites writes() {
        return writes;
    }

    /** Puts a target in place of the former one; true if the caller must start to run. */
    synchronized boolean pursue(Task newest) {
        task = newest;
        taken++;
        fallback = null;
        return wake();
    }

    /** Drops what was to be done. */
    synchronized void rest() {
        task = null;
        fallback = null;
        round++;
    }

    /** Asks for the fallback of a target; true if the caller must start to run. */
    synchronized boolean fallBack(HeldTarget held) {
        if (fellBack) {
            return false;
        }
        fellBack = true;
        fallback = held;
        fallbackAttempts = 0;
        return wake();
    }

    /** The stream flows again; true if the caller must start to run. */
    synchronized boolean recover() {
        fellBack = false;
        fallback = null;
        return task != null && wake();
    }

    /** What is put off is tried at once; true if the caller must start to run. */
    synchronized boolean retry() {
        return (task != null || fallback != null) && wake();
    }

    /** Begins a round that was put off; true if the caller must run it. */
    synchronized boolean resume(long putOffRound) {
        return putOffRound == round && wake();
    }

    /** The work of the next step; empty if there is none, and then the caller stops. */
    synchronized Optional<Work> next() {
        again = false;
        if (fallback != null) {
            fallbackAttempts++;
            return Optional.of(new Work.FallBack(fallback, fallbackAttempts));
        }
        if (task != null) {
            return Optional.of(new Work.Pursue(task, taken));
        }
        running = false;
        return Optional.empty();
    }

    /** Ends a step; true if the caller goes on with the next one at once. */
    synchronized boolean finished(Work work, Step step) {
        if (step instanceof Step.Done) {
            switch (work) {
                case Work.FallBack done -> {
                    if (fallback != null && fallback.sameAs(done.held())) {
                        fallback = null;
                    }
                }
                case Work.Pursue done -> {
                    if (done.number() == taken) {
                        task = null;
                    }
                }
            }
        }
        boolean more = again || (step instanceof Step.Done && (fallback != null || task != null));
        running = more;
        return more;
    }

    /** Number of the round that a wake-up must name. */
    synchronized long round() {
        return round;
    }

    private boolean wake() {
        round++;
        again = true;
        boolean start = !running;
        running = true;
        return start;
    }

    /** Carrying one target out, step by step. */
    @FunctionalInterface
    interface Task {
        Step step(ForeignWrites writes);
    }

    /** One piece of work. */
    sealed interface Work {

        /**
         * Carry a target out.
         *
         * @param number which of the lane's tasks it is
         */
        record Pursue(Task task, int number) implements Work {}

        /** Bring the workload to its fallback size. */
        record FallBack(HeldTarget held, int attempt) implements Work {}
    }
}
