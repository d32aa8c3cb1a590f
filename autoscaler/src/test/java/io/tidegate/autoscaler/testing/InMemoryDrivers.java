package io.tidegate.autoscaler.testing;

import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.AnnotationCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Driver pods in memory, with trouble on demand. */
public final class InMemoryDrivers implements DriverApi {

    private final Map<DriverPath, Pod> pods = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private Runnable duringWrite = () -> {};

    /** Starts a pod; one of the same name is gone then. */
    public InMemoryDrivers start(DriverPath path) {
        pods.keySet().removeIf(other -> other.pod().equals(path.pod()));
        pods.put(path, new Pod());
        return this;
    }

    public void finish(DriverPath path) {
        pod(path).finished = true;
    }

    /** Sets the annotation, as another writer would. */
    public void annotate(DriverPath path, @Nullable String annotation) {
        pod(path).annotation = annotation;
    }

    public @Nullable String annotation(DriverPath path) {
        return pod(path).annotation;
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

    /** All calls so far, such as {@code read} and {@code d1-1 2..5}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Answer read(DriverPath path) {
        calls.add("read");
        return answer(path);
    }

    @Override
    public Answer write(DriverPath path, Answer.Present expected, DesiredExecutors desired, Attempt attempt) {
        calls.add(attempt.id() + " " + desired.floor() + ".." + desired.cap());
        Runnable meanwhile = duringWrite;
        duringWrite = () -> {};
        meanwhile.run();
        Trouble trouble = troubles.poll();
        if (trouble != null && !trouble.happens()) {
            return trouble.answer();
        }
        Pod pod = pods.get(path);
        if (pod == null) {
            return pods.keySet().stream().anyMatch(other -> other.pod().equals(path.pod()))
                    ? new Answer.Disagreed("the test failed")
                    : new Answer.Gone("not found");
        }
        if (!Objects.equals(pod.annotation, expected.annotation())) {
            return new Answer.Disagreed("the test failed");
        }
        pod.annotation = AnnotationCodec.text(desired);
        return trouble == null ? answer(path) : trouble.answer();
    }

    private Answer answer(DriverPath path) {
        Pod pod = pods.get(path);
        if (pod == null || pod.finished) {
            return new Answer.Gone(pod == null ? "not found" : "has finished");
        }
        return new Answer.Present(pod.annotation, pod.annotation != null);
    }

    private Pod pod(DriverPath path) {
        return Objects.requireNonNull(pods.get(path), path.pod());
    }

    private static final class Pod {
        private @Nullable String annotation;
        private boolean finished;
    }

    private record Trouble(Answer answer, boolean happens) {}
}
