package io.tidegate.testbed.process;

import java.time.Duration;

/** A part that a test may kill, and start again with the settings, ports and files that it had. */
public final class Restartable implements AutoCloseable {
    private final ProcessSpec spec;
    private final Ready ready;
    private ChildProcess process;

    /** Waits until a process that has just been started does its work; fails with a sentence if it doesn't. */
    @FunctionalInterface
    public interface Ready {
        void await(ChildProcess process);
    }

    private Restartable(ProcessSpec spec, Ready ready, ChildProcess process) {
        this.spec = spec;
        this.ready = ready;
        this.process = process;
    }

    /** Starts it and returns when it is ready. */
    public static Restartable start(ProcessSpec spec, Ready ready) {
        Restartable started = new Restartable(spec, ready, ChildProcess.start(spec));
        started.awaitReady();
        return started;
    }

    /** The process that runs now, or ran last. */
    public synchronized ChildProcess process() {
        return process;
    }

    /** Kills it without any warning; returns when it is gone. */
    public synchronized void kill() {
        process.stop(Duration.ZERO);
    }

    /** Kills it, if it still runs, and returns when another is ready. */
    public synchronized void restart() {
        kill();
        process = ChildProcess.start(spec);
        awaitReady();
    }

    private void awaitReady() {
        try {
            ready.await(process);
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process().close();
    }
}
