package io.tidegate.autoscaler.testing;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.RunSize;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.targets.TemplatePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Templates of recurring Spark applications in memory, with trouble on demand. */
public final class InMemoryTemplates implements TemplateApi {

    private final Map<String, Template> objects = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Runnable duringWrite = () -> {};
    private int versions;

    /** Creates an object, or changes it as another writer would; one of the same name and another uid is gone then. */
    public InMemoryTemplates put(TemplatePath path, RunSize size, boolean dynamic) {
        versions++;
        objects.put(path.object().path(), new Template(path.uid(), size, dynamic, String.valueOf(versions)));
        return this;
    }

    public void delete(TemplatePath path) {
        objects.remove(path.object().path());
    }

    public RunSize size(TemplatePath path) {
        return Objects.requireNonNull(objects.get(path.object().path()), "no such object")
                .size();
    }

    /** The next write gets this answer. */
    public void trouble(Answer answer) {
        troubles.add(new Trouble(answer, false));
    }

    /** The next write happens, but its answer is lost. */
    public void loseNextAnswer() {
        troubles.add(new Trouble(new Answer.Unclear("no answer"), true));
    }

    /** Runs this while the next write is on its way. */
    public void duringNextWrite(Runnable work) {
        duringWrite = work;
    }

    /** All calls so far, such as {@code read} and {@code d1-1 12}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Answer read(TemplatePath path) {
        calls.add("read");
        return answer(path);
    }

    @Override
    public Answer write(TemplatePath path, Answer.Present expected, RunSize desired, Attempt attempt) {
        calls.add(attempt.id() + " " + desired.executors());
        Runnable meanwhile = duringWrite;
        duringWrite = () -> {};
        meanwhile.run();
        Trouble trouble = troubles.poll();
        if (trouble != null && !trouble.happens()) {
            return trouble.answer();
        }
        Template there = objects.get(path.object().path());
        if (there == null) {
            return new Answer.Gone("not found");
        }
        if (!there.version().equals(expected.version())) {
            return new Answer.Disagreed("the object has been modified");
        }
        put(path, desired, there.dynamic());
        return trouble == null ? answer(path) : trouble.answer();
    }

    private Answer answer(TemplatePath path) {
        Template there = objects.get(path.object().path());
        return there == null || !there.uid().equals(path.uid())
                ? new Answer.Gone("not found")
                : new Answer.Present(there.size(), there.dynamic(), there.version());
    }

    private record Template(String uid, RunSize size, boolean dynamic, String version) {}

    private record Trouble(Answer answer, boolean happens) {}
}
