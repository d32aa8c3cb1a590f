package io.tidegate.testbed.sparkapps;

import java.util.List;

/**
 * {@link SaturatedJob}, with its arguments, in a driver that interrupts all threads of Tidegate's plugin again and again for 20 s from the time
 * at which there are some, as code does that wants to end whatever it finds running.
 */
public final class Interrupting {
    private static final long FOR_NANOS = 20_000_000_000L;
    private static final int EACH_MILLIS = 100;

    private Interrupting() {}

    public static void main(String[] args) {
        Thread thread = new Thread(Interrupting::interrupt, "interrupting");
        thread.setDaemon(true);
        thread.start();
        SaturatedJob.main(args);
    }

    private static void interrupt() {
        long first = 0;
        while (first == 0 || System.nanoTime() - first < FOR_NANOS) {
            List<Thread> found = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("tidegate-"))
                    .toList();
            if (first == 0 && !found.isEmpty()) {
                first = System.nanoTime();
                found.forEach(thread -> System.out.println("INTERRUPTED " + thread.getName()));
            }
            found.forEach(Thread::interrupt);
            Busy.forMillis(EACH_MILLIS);
        }
    }
}
