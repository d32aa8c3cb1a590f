package io.tidegate.spark.ledger;

import io.tidegate.spark.ledger.Stage.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Who reads and who writes the shuffles of the stages that a ledger keeps, under that ledger's lock. */
final class Shuffles {
    private final Map<Integer, Stage> stages;

    Shuffles(Map<Integer, Stage> stages) {
        this.stages = stages;
    }

    /**
     * Who reads which shuffle, now and soon.
     *
     * @param omitted whether there are stages that are not kept
     */
    ShuffleReaders readers(boolean omitted) {
        Set<Integer> read = new HashSet<>();
        Map<Integer, Long> soon = new HashMap<>();
        Map<Integer, Long> starts = new HashMap<>();
        boolean untold = omitted;
        for (Stage stage : stages.values()) {
            if (stage.state() == State.ACTIVE) {
                untold |= !shufflesOf(stage, read::add);
            } else if (stage.state() == State.WAITING) {
                long start = earliestStart(stage, starts);
                untold |= !shufflesOf(stage, shuffle -> soon.merge(shuffle, start, Math::min));
            }
        }
        unread().forEach((shuffle, start) -> soon.merge(shuffle, start, Math::min));
        return new ShuffleReaders(read, soon, untold);
    }

    /**
     * Shuffles that queries wrote and no stage is known to read. The job that will comes when a stage of the query is done
     * that runs at this moment, or at once if none does.
     */
    private Map<Integer, Long> unread() {
        Set<Integer> known = new HashSet<>();
        Map<Long, Long> nextJobs = new HashMap<>();
        for (Stage stage : stages.values()) {
            shufflesOf(stage, known::add);
            if (stage.state() == State.ACTIVE) {
                long remaining = stage.remainingMillis().orElse(0);
                stage.queries().forEach(query -> nextJobs.merge(query, remaining, Math::min));
            }
        }
        Map<Integer, Long> unread = new HashMap<>();
        for (Stage stage : stages.values()) {
            for (long query : stage.queries()) {
                stage.shuffle().stream()
                        .filter(shuffle -> !known.contains(shuffle))
                        .forEach(shuffle -> unread.merge(shuffle, nextJobs.getOrDefault(query, 0L), Math::min));
            }
        }
        return unread;
    }

    /** Who writes which shuffle. */
    ShuffleWriters writers() {
        Map<Integer, Long> bytes = new HashMap<>();
        Map<Integer, Set<String>> executorsOf = new HashMap<>();
        for (Stage stage : stages.values()) {
            stage.shuffle().ifPresent(shuffle -> {
                stage.bytesOfOutput().ifPresent(average -> bytes.put(shuffle, average));
                executorsOf.put(shuffle, stage.executors());
            });
        }
        return new ShuffleWriters(bytes, executorsOf);
    }

    private boolean shufflesOf(Stage reader, Consumer<Integer> take) {
        boolean told = true;
        for (int id : reader.parents()) {
            Stage parent = stages.get(id);
            OptionalInt shuffle = parent == null ? OptionalInt.empty() : parent.shuffle();
            if (shuffle.isPresent()) {
                take.accept(shuffle.getAsInt());
            } else {
                told = false;
            }
        }
        return told;
    }

    /** Milliseconds until the stage can start at the earliest: when its last parent may be done, or 0 if that is unknown. */
    private long earliestStart(Stage stage, Map<Integer, Long> known) {
        Long told = known.get(stage.id());
        if (told != null) {
            return told;
        }
        long start = 0;
        for (int id : stage.parents()) {
            Stage parent = stages.get(id);
            if (parent != null && parent.state() == State.ACTIVE) {
                start = Math.max(start, parent.remainingMillis().orElse(0));
            } else if (parent != null && parent.state() == State.WAITING) {
                start = Math.max(start, earliestStart(parent, known));
            }
        }
        known.put(stage.id(), start);
        return start;
    }
}
