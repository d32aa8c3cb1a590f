package io.tidegate.spark;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A daemon thread that does one step again and again, after a while or when it is woken. */
final class Loop {
    /** A step of a loop. */
    interface Step {
        /** Does it and returns how long to wait for the next one, unless woken. */
        Duration run();
    }

    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopped;

    Loop(String name, Step step) {
        thread = new Thread(() -> run(step), name);
        thread.setDaemon(true);
    }

    private void run(Step step) {
        while (!stopped) {
            try {
                Duration pause = step.run();
                if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
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
