package io.tidegate.spark;

import io.tidegate.spark.ledger.ScalaLists;
import io.tidegate.spark.ledger.ShuffleReaders;
import io.tidegate.spark.ledger.ShuffleWriters;
import io.tidegate.spark.ledger.StageLedger;
import io.tidegate.spark.scale.ExecutorLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.ShuffleStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.MapStatus;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** What it would cost to let each executor go. Walks over all map outputs, so it is asked only when some must go. */
final class Loads {
    /** Taken for the size of a map output that an earlier job left behind. */
    private static final long UNKNOWN_BYTES = 1024 * 1024;

    /** A small drain took 2 to 4 s on a loaded machine; a stage must not begin to read in that time. */
    private static final long DRAIN_MILLIS = 10_000;

    private final SparkContext context;
    private final StageLedger ledger;

    Loads(SparkContext context, StageLedger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    private static final class Holdings {
        long bytes;
        boolean read;
    }

    List<ExecutorLoad> of(Set<String> executors) {
        ShuffleReaders readers = ledger.readers();
        Map<String, Integer> running = ledger.runningTasks();
        Map<String, Holdings> shuffles = shuffles(readers);
        Map<String, Long> cached = cached();
        List<ExecutorLoad> loads = new ArrayList<>();
        for (String id : executors) {
            @Nullable Holdings held = shuffles.get(id);
            loads.add(new ExecutorLoad(
                    id,
                    running.getOrDefault(id, 0),
                    held == null ? 0 : held.bytes,
                    cached.getOrDefault(id, 0L),
                    readers.untold() || (held != null && held.read)));
        }
        return loads;
    }

    /**
     * What keeps executors that run no task.
     *
     * @param needed those whose shuffle output a job needs
     * @param shuffle those that hold shuffle output at all
     * @param cached those that hold cached blocks
     */
    record Keeping(Set<String> needed, Set<String> shuffle, Set<String> cached) {}

    Keeping keeping() {
        Set<String> needed = new HashSet<>();
        Set<String> shuffle = new HashSet<>();
        if (context.env().mapOutputTracker() instanceof MapOutputTrackerMaster tracker) {
            Set<Integer> live = ledger.readers().live();
            scala.collection.Iterator<Object> ids = tracker.shuffleStatuses().keysIterator();
            while (ids.hasNext()) {
                int id = (Integer) ids.next();
                List<String> holders = outputs(id);
                shuffle.addAll(holders);
                if (live.contains(id)) {
                    needed.addAll(holders);
                }
            }
        }
        Set<String> cached = new HashSet<>();
        for (ExecutorSummary executor :
                ScalaLists.<ExecutorSummary>list(context.statusStore().executorList(true))) {
            // Not its memory, which the blocks of broadcasts use too.
            if (executor.rddBlocks() > 0) {
                cached.add(executor.id());
            }
        }
        return new Keeping(needed, shuffle, cached);
    }

    private Map<String, Holdings> shuffles(ShuffleReaders readers) {
        Map<String, Holdings> byExecutor = new HashMap<>();
        ShuffleWriters writers = ledger.writers();
        for (int shuffle : readers.live()) {
            boolean read = readers.within(shuffle, DRAIN_MILLIS);
            // What a task writes until it ends is held as well.
            writers.of(shuffle).forEach(id -> holdings(byExecutor, id).read |= read);
            long bytes = writers.bytesOfOutput(shuffle).orElse(UNKNOWN_BYTES);
            outputs(shuffle).forEach(id -> {
                Holdings held = holdings(byExecutor, id);
                held.bytes += bytes;
                held.read |= read;
            });
        }
        return byExecutor;
    }

    private static Holdings holdings(Map<String, Holdings> byExecutor, String id) {
        return byExecutor.computeIfAbsent(id, executor -> new Holdings());
    }

    /** The executor that holds each map output. */
    private List<String> outputs(int shuffle) {
        List<String> executors = new ArrayList<>();
        if (context.env().mapOutputTracker() instanceof MapOutputTrackerMaster tracker) {
            Option<ShuffleStatus> status = tracker.shuffleStatuses().get(shuffle);
            if (status.isDefined()) {
                status.get().<Object>withMapStatuses(outputs -> {
                    for (@Nullable MapStatus output : outputs) {
                        if (output != null) {
                            executors.add(output.location().executorId());
                        }
                    }
                    return executors;
                });
            }
        }
        return executors;
    }

    private Map<String, Long> cached() {
        Map<String, Long> bytes = new HashMap<>();
        for (ExecutorSummary executor :
                ScalaLists.<ExecutorSummary>list(context.statusStore().executorList(true))) {
            bytes.put(executor.id(), executor.memoryUsed() + executor.diskUsed());
        }
        return bytes;
    }
}
