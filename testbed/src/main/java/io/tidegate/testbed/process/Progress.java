package io.tidegate.testbed.process;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Where the testbed says what it is busy with. Implementations take lines from several threads. */
@FunctionalInterface
public interface Progress {
    void line(String text);

    /** Says nothing. */
    static Progress silent() {
        return text -> {};
    }

    /** Writes each line to standard output. */
    static Progress console() {
        return text -> System.out.println("  " + text);
    }

    /** Runs the work; reports it when it takes over two seconds, then each ten, and once more when it is done. */
    default <T> T during(String what, Supplier<T> work) {
        long start = System.nanoTime();
        AtomicBoolean shown = new AtomicBoolean();
        ScheduledFuture<?> reminder = Reminders.SCHEDULER.scheduleAtFixedRate(
                () -> {
                    boolean again = shown.getAndSet(true);
                    line(again ? what + " (" + elapsed(start).toSeconds() + " s)" : what);
                },
                2,
                10,
                TimeUnit.SECONDS);
        try {
            T result = work.get();
            reminder.cancel(false);
            if (shown.get()) {
                line("%s: done in %.1f s".formatted(what, elapsed(start).toMillis() / 1000.0));
            }
            return result;
        } finally {
            reminder.cancel(false);
        }
    }

    private static Duration elapsed(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Holder of the one daemon thread that prints reminders. */
    final class Reminders {
        private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("testbed-progress").unstarted(task));

        private Reminders() {}
    }
}
