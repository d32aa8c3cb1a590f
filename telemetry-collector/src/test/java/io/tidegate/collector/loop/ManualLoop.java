package io.tidegate.collector.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose clock stands still until it is moved. */
public final class ManualLoop implements EventLoop {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now = 1_000_000_000L;
    private long order;

    private record Task(long at, long order, Runnable work) {}

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toNanos(), order++, task));
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Moves the clock, and runs what becomes due on the way, each at its time. */
    public void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task task = tasks.remove();
            now = Math.max(now, task.at());
            task.work().run();
        }
        now = end;
    }

    /** Runs what is due now. */
    public void settle() {
        advance(Duration.ZERO);
    }
}
