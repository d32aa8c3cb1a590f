package io.tidegate.collector.loop;

import java.time.Duration;

/** One thread that runs tasks one after another. */
public interface EventLoop {

    /** Runs a task as soon as those before it are done. */
    void execute(Runnable task);

    /** Runs a task after a delay. */
    void after(Duration delay, Runnable task);

    /** A monotonic clock, in nanoseconds of no particular origin. */
    long nanos();
}
