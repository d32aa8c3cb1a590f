package io.tidegate.bench.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long executor pods have run: each from Running until it has terminated or is gone. Times are of nanoTime. */
final class ExecutorTimes {
    private static final double NANOS = 1e9;

    private final Map<String, Life> lives = new HashMap<>();

    /** -1 if it has not begun, or not ended. */
    private record Life(long from, long to) {}

    /** So many run from a time on, in seconds since {@code zero}. */
    record Step(double second, int executors) {}

    /** Takes in the phase of a pod. */
    synchronized void phase(String pod, @Nullable String phase, long at) {
        if ("Running".equals(phase)) {
            lives.putIfAbsent(pod, new Life(at, -1));
        } else if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
            gone(pod, at);
        }
    }

    /** The pod is deleted, or its process has ended. */
    synchronized void gone(String pod, long at) {
        lives.computeIfPresent(pod, (name, life) -> life.to() < 0 ? new Life(life.from(), at) : life);
    }

    /** Whether all that have begun have ended. */
    synchronized boolean over() {
        return lives.values().stream().allMatch(life -> life.to() >= 0);
    }

    synchronized int started() {
        return lives.size();
    }

    synchronized double executorSeconds() {
        return lives.values().stream()
                        .mapToLong(life -> life.to() - life.from())
                        .sum()
                / NANOS;
    }

    /** How many ran, over time. */
    synchronized List<Step> course(long zero) {
        record Change(long at, int by) {}
        List<Change> changes = new ArrayList<>();
        for (Life life : lives.values()) {
            changes.add(new Change(life.from(), 1));
            changes.add(new Change(life.to(), -1));
        }
        changes.sort(Comparator.comparingLong(Change::at));
        List<Step> steps = new ArrayList<>();
        int executors = 0;
        for (Change change : changes) {
            executors += change.by();
            steps.add(new Step(Math.round((change.at() - zero) / NANOS * 10) / 10.0, executors));
        }
        return steps;
    }
}
