package io.tidegate.autoscaler.testing;

import io.tidegate.autoscaler.act.Later;
import io.tidegate.autoscaler.time.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A clock that is moved by hand, and work that runs when it gets there, all on the test's thread. */
public final class ManualClock implements MonotonicClock, Later {

    private final PriorityQueue<Due> later = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private long nanos = Duration.ofHours(1).toNanos();
    private boolean running;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void now(Runnable work) {
        ready.add(work);
        drain();
    }

    @Override
    public void in(Duration delay, Runnable work) {
        later.add(new Due(nanos + delay.toNanos(), work));
    }

    /** Moves time on, doing on the way what comes due. */
    public void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        for (Due due = later.peek(); due != null && due.at() <= end; due = later.peek()) {
            later.remove();
            nanos = Math.max(nanos, due.at());
            ready.add(due.work());
            drain();
        }
        nanos = end;
    }

    /** Moves time on without letting anything run, as if the process stood still. */
    public void stall(Duration duration) {
        nanos += duration.toNanos();
    }

    private void drain() {
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable work = ready.poll(); work != null; work = ready.poll()) {
                work.run();
            }
        } finally {
            running = false;
        }
    }

    private record Due(long at, Runnable work) {}
}
