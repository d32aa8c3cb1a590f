package io.tidegate.spark.ledger;

import io.tidegate.spark.ledger.StageView.Tasks;
import io.tidegate.spark.ledger.StageView.Times;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.StageInfo;

/** One stage of the jobs that run; guarded by its ledger. */
final class Stage {
    /** A stage of more tasks than that is counted without telling its tasks apart. */
    private static final int MAX_TOLD_APART = 1_000_000;

    enum State {
        WAITING,
        ACTIVE,
        DONE,
        /** Another job left its output behind, so it will not run. */
        SKIPPED
    }

    private record Attempt(String executor, long sinceMillis) {}

    private final int id;
    private final List<Integer> parents;
    private final OptionalInt shuffle;
    private final NavigableSet<Integer> jobs = new TreeSet<>();
    private final Set<Long> queries = new HashSet<>();
    private final Map<Long, Attempt> running = new HashMap<>();
    private BitSet done = new BitSet();
    private int doneUntold;
    private TaskTimes times = new TaskTimes();
    private State state = State.WAITING;
    private int attempt;
    private int tasks;
    private int failed;
    private long submittedMillis;
    private long outputs;
    private long outputBytes;

    Stage(StageInfo info) {
        id = info.stageId();
        parents = ScalaLists.integers(info.parentIds());
        shuffle = info.shuffleDepId().isDefined()
                ? OptionalInt.of((Integer) info.shuffleDepId().get())
                : OptionalInt.empty();
        tasks = info.numTasks();
    }

    void submitted(StageInfo info, long nowMillis) {
        state = State.ACTIVE;
        attempt = info.attemptNumber();
        tasks = info.numTasks();
        submittedMillis = nowMillis;
        done = new BitSet();
        doneUntold = 0;
        failed = 0;
        times = new TaskTimes();
    }

    /** An attempt that failed is followed by another as long as its job runs. */
    void completed(boolean successful) {
        state = successful ? State.DONE : State.WAITING;
    }

    void skip() {
        if (state == State.WAITING) {
            state = State.SKIPPED;
        }
    }

    void started(long task, String executor, long nowMillis) {
        running.put(task, new Attempt(executor, nowMillis));
    }

    void succeeded(int index, long millis) {
        if (index >= MAX_TOLD_APART) {
            doneUntold++;
        } else if (done.get(index)) {
            return;
        } else {
            done.set(index);
        }
        times.add(millis);
    }

    void wrote(long shuffleBytes) {
        outputs++;
        outputBytes += shuffleBytes;
    }

    /** Shuffle bytes of one of its tasks, on average; empty if none of its tasks ran here. */
    OptionalLong bytesOfOutput() {
        return outputs == 0 ? OptionalLong.empty() : OptionalLong.of(outputBytes / outputs);
    }

    void failed() {
        failed++;
    }

    void ended(long task) {
        running.remove(task);
    }

    void lost(String executor) {
        running.values().removeIf(attempt -> attempt.executor().equals(executor));
    }

    Set<String> executors() {
        return running.values().stream().map(Attempt::executor).collect(Collectors.toSet());
    }

    /** How long it has to go at least; empty if nothing is known of its tasks. */
    OptionalLong remainingMillis() {
        if (times.isEmpty()) {
            return OptionalLong.empty();
        }
        int waiting = tasks - done() - running.size();
        // Tasks that run may end at any moment; those that wait take a wave each.
        long waves = waiting <= 0 ? 0 : (waiting - 1) / Math.max(1, running.size()) + 1;
        return OptionalLong.of(waves * times.quantile(0.5));
    }

    StageView view(long nowMillis) {
        OptionalLong oldest =
                running.values().stream().mapToLong(Attempt::sinceMillis).min();
        return new StageView(
                id,
                attempt,
                jobs.isEmpty() ? 0 : jobs.first(),
                state == State.ACTIVE,
                new Tasks(tasks, running.size(), done(), failed),
                times.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Times(times.sum(), times.quantile(0.5), times.quantile(0.95), times.max())),
                oldest.isPresent() ? OptionalLong.of(age(oldest.getAsLong(), nowMillis)) : oldest,
                state == State.ACTIVE ? OptionalLong.of(age(submittedMillis, nowMillis)) : OptionalLong.empty(),
                parents);
    }

    private static long age(long sinceMillis, long nowMillis) {
        return Math.max(0, nowMillis - sinceMillis);
    }

    private int done() {
        return done.cardinality() + doneUntold;
    }

    int id() {
        return id;
    }

    List<Integer> parents() {
        return parents;
    }

    OptionalInt shuffle() {
        return shuffle;
    }

    NavigableSet<Integer> jobs() {
        return jobs;
    }

    /** The queries that run and of which it is a part. */
    Set<Long> queries() {
        return queries;
    }

    /** Whether neither a job nor a query will need it; one that failed or never ran is of no use to a query. */
    boolean isOver() {
        return jobs.isEmpty() && (queries.isEmpty() || (state != State.DONE && state != State.SKIPPED));
    }

    State state() {
        return state;
    }

    int attempt() {
        return attempt;
    }
}
