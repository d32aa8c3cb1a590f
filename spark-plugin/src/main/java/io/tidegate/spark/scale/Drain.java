package io.tidegate.spark.scale;

import java.util.Comparator;
import java.util.List;

/**
 * Which executors go next. Asked again and again and keeping nothing, so that executors that register late or stay are
 * seen as any other.
 */
public final class Drain {
    private static final Comparator<ExecutorLoad> CHEAPEST = Comparator.comparing(
                    (ExecutorLoad load) -> load.runningTasks() > 0)
            .thenComparingLong(ExecutorLoad::liveShuffleBytes)
            .thenComparingLong(ExecutorLoad::cachedBytes)
            .thenComparingInt(ExecutorLoad::runningTasks)
            .thenComparing(ExecutorLoad::id, Comparator.reverseOrder());

    private Drain() {}

    /** What to do. */
    public sealed interface Plan {}

    /** There are no more executors than there may be. */
    public record Rest() implements Plan {}

    /** Executors should go, and none may. */
    public record Wait(String reason) implements Plan {}

    /** These go. */
    public record Wave(List<String> executors) implements Plan {
        public Wave {
            executors = List.copyOf(executors);
        }
    }

    /**
     * Plans what to do at this moment.
     *
     * @param running executors that run and may go
     * @param draining executors that are going and are not gone
     * @param limit executors that may stay
     */
    public static Plan plan(List<ExecutorLoad> running, int draining, int limit, boolean allowStageRetry) {
        int excess = running.size() - limit;
        if (excess <= 0) {
            return new Rest();
        }
        if (draining > 0) {
            return new Wait("those let go are not gone yet");
        }
        // A quarter at most: the others take over the blocks of those that go, and their work.
        int most = Math.min(excess, Math.max(1, running.size() / 4));
        List<String> victims = running.stream()
                .filter(load -> allowStageRetry || !load.read())
                .sorted(CHEAPEST)
                .limit(most)
                .map(ExecutorLoad::id)
                .toList();
        return victims.isEmpty() ? new Wait("a stage reads the shuffle of each") : new Wave(victims);
    }
}
