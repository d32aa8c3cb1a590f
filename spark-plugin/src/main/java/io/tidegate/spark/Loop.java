package io.tidegate.spark;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A daemon thread that does one step again and again, after a while or when it is woken. Only {@link #stop} ends it: neither an error
 * nor an interrupt of somebody else's, such as of a job that interrupts all threads that it finds.
 */
final class Loop {
    /** A step of a loop. */
    interface Step {
        /** Does it and returns how long to wait for the next one, unless woken. */
        Duration run();
    }

    private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

    private final Semaphore wakes = new Semaphore(0);
    private final Consumer<Throwable> faults;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param faults takes what a step fails with */
    Loop(String name, Step step, Consumer<Throwable> faults) {
        this.faults = faults;
        thread = new Thread(() -> run(step), name);
        thread.setDaemon(true);
    }

    private void run(Step step) {
        while (!stopped) {
            try {
                Duration pause = once(step);
                if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                // Whether it is the end, the loop's own condition tells.
            }
        }
    }

    private Duration once(Step step) {
        try {
            return step.run();
        } catch (Throwable e) {
            tell(e);
            return AFTER_FAULT;
        }
    }

    /** A JVM without memory fails at this too. */
    private void tell(Throwable fault) {
        try {
            faults.accept(fault);
        } catch (Error e) {
            return;
        }
    }

    void start() {
        thread.start();
    }

    void wake() {
        wakes.release();
    }

    /** Ends the loop after the step that runs, without waiting for it. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }
}
