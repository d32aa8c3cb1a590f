package io.tidegate.testbed.process;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends all children when the JVM ends, and then runs what must come after, such as removing their folders. */
public final class ShutdownHook {
    /** A JVM that is asked to end should be gone before its user loses patience. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(5);

    private static final Set<ChildProcess> CHILDREN = ConcurrentHashMap.newKeySet();
    private static final Set<Runnable> AFTERWARDS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownHook::endAll, "testbed-shutdown"));
    }

    private ShutdownHook() {}

    static void register(ChildProcess child) {
        CHILDREN.add(child);
        var unused = child.exited().thenRun(() -> CHILDREN.remove(child));
    }

    static void forget(ChildProcess child) {
        CHILDREN.remove(child);
    }

    /** Adds what to do after all children have ended. */
    public static void afterwards(Runnable action) {
        AFTERWARDS.add(action);
    }

    /** Takes back what {@link #afterwards} added. */
    public static void notAfterwards(Runnable action) {
        AFTERWARDS.remove(action);
    }

    private static void endAll() {
        List<ChildProcess> graceful =
                CHILDREN.stream().filter(child -> child.grace().isPositive()).toList();
        graceful.forEach(ChildProcess::terminate);
        long deadline = System.nanoTime() + LONGEST_GRACE.toNanos();
        for (ChildProcess child : graceful) {
            child.waitFor(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        List<ChildProcess> rest = List.copyOf(CHILDREN);
        rest.forEach(ChildProcess::kill);
        rest.forEach(child -> child.waitFor(Duration.ofSeconds(5)));
        AFTERWARDS.forEach(Runnable::run);
    }
}
