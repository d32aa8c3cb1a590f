package io.tidegate.autoscaler.testing;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.targets.ScalePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sizes in memory, with trouble on demand. */
public final class InMemoryScale implements ScaleApi {

    private final Map<ScalePath, Integer> sizes = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Runnable duringWrite = () -> {};
    private boolean away;

    /** Sets a size, as another writer would. */
    public InMemoryScale set(ScalePath path, int replicas) {
        sizes.put(path, replicas);
        return this;
    }

    public int size(ScalePath path) {
        return sizes.getOrDefault(path, -1);
    }

    /** The next write gets this answer. */
    public void trouble(Answer answer) {
        troubles.add(new Trouble(answer, false));
    }

    /** The next write happens, but its answer is lost. */
    public void loseNextAnswer() {
        troubles.add(new Trouble(new Answer.Unclear("no answer"), true));
    }

    /** Nothing is answered while it is away, and nothing is written. */
    public void away(boolean gone) {
        away = gone;
    }

    /** Runs this while the next write is on its way. */
    public void duringNextWrite(Runnable work) {
        duringWrite = work;
    }

    /** All calls so far, such as {@code d1-1 2->5} and {@code read}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Answer read(ScalePath path) {
        calls.add("read");
        if (away) {
            return new Answer.Unclear("no answer");
        }
        Integer size = sizes.get(path);
        return size == null ? new Answer.Refused(404, "not found") : new Answer.Size(size);
    }

    @Override
    public Answer write(ScalePath path, int expected, int desired, Attempt attempt) {
        calls.add(attempt.id() + " " + expected + "->" + desired);
        if (away) {
            return new Answer.Unclear("no answer");
        }
        Runnable meanwhile = duringWrite;
        duringWrite = () -> {};
        meanwhile.run();
        Trouble trouble = troubles.poll();
        if (trouble != null && !trouble.happens()) {
            return trouble.answer();
        }
        Integer size = sizes.get(path);
        if (size == null) {
            return new Answer.Refused(404, "not found");
        }
        if (size != expected) {
            return new Answer.Disagreed("the test failed");
        }
        if (desired < 0) {
            return new Answer.Refused(422, "must be greater than or equal to 0");
        }
        sizes.put(path, desired);
        return trouble == null ? new Answer.Size(desired) : trouble.answer();
    }

    private record Trouble(Answer answer, boolean happens) {}
}
