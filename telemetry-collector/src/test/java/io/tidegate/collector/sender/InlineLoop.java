package io.tidegate.collector.sender;

import io.tidegate.collector.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs tasks at once, and what comes later only when the clock is moved. */
final class InlineLoop implements EventLoop {

    private final List<Later> later = new ArrayList<>();
    private long now = 1_000_000_000L;

    private record Later(long at, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        later.add(new Later(now + delay.toNanos(), task));
    }

    @Override
    public long nanos() {
        return now;
    }

    void advance(Duration duration) {
        now += duration.toNanos();
        List<Later> due = later.stream().filter(task -> task.at() <= now).toList();
        later.removeAll(due);
        due.forEach(task -> task.task().run());
    }
}
