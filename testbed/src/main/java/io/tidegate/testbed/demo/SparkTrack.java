package io.tidegate.testbed.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.contracts.spark.ExecutorsState;
import io.tidegate.contracts.wire.AnnotationCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.spark.SparkApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What has been seen of one Spark application: its executors, the decisions on them, and how it ended. */
final class SparkTrack {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final String name;
    private final SparkApp app;
    private final DecisionWatch decisions;
    private final Supplier<String> expected;
    private final ExecutorTimeline executors = new ExecutorTimeline();
    private final List<SparkReport.Why> sentences = new ArrayList<>();
    private Optional<String> result = Optional.empty();
    private String failure = "It had not ended when the demo did.";
    private boolean answered;
    private String shown = "";

    /** @param expected the result that it must have, asked for when it has ended */
    SparkTrack(String name, SparkApp app, DecisionWatch decisions, Supplier<String> expected) {
        this.name = name;
        this.app = app;
        this.decisions = decisions;
        this.expected = expected;
    }

    /** Looks at its driver pod, and takes what has changed. */
    void look(Instant start, Instant now) {
        if (ended()) {
            return;
        }
        double at = Math.round(Duration.between(start, now).toMillis() / 10.0) / 100.0;
        state().ifPresent(state -> take(at, state));
        String sentence = decisions.sentence();
        if (!sentence.equals(DecisionWatch.NO_DECISION) && !sentence.equals(lastSentence())) {
            sentences.add(new SparkReport.Why(at, sentence));
        }
        if (app.terminated().isPresent()) {
            executors.seen(at, 0, 0, 0);
            end();
        }
    }

    private String lastSentence() {
        return sentences.isEmpty() ? "" : sentences.getLast().sentence();
    }

    private void take(double at, ExecutorsState state) {
        answered = true;
        int asked = state.wanted() == null ? state.granted() : state.wanted();
        executors.seen(at, asked, state.granted(), state.running());
    }

    private Optional<ExecutorsState> state() {
        Pod driver = app.driver();
        String text =
                driver == null ? null : driver.getMetadata().getAnnotations().get(ExecutorsState.ANNOTATION);
        try {
            return text == null ? Optional.empty() : Optional.of(AnnotationCodec.state(text));
        } catch (UnreadableRecordException e) {
            System.getLogger(SparkTrack.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
            return Optional.empty();
        }
    }

    private void end() {
        try {
            String computed = app.awaitResult(AT_ONCE);
            result = Optional.of(computed);
            failure = computed.equals(expected.get()) ? "" : "It computed " + computed + ".";
        } catch (TestbedException e) {
            result = Optional.of("");
            failure = String.valueOf(e.getMessage());
        }
    }

    /** Whether it has ended, well or not. */
    boolean ended() {
        return result.isPresent();
    }

    /** Its executors, and the newest decision if that was not told before; empty if nothing has changed. */
    Optional<Row> news() {
        String there = name + (ended() ? " has ended" : answered ? numbers() : " starts");
        String why = ended() ? outcome() : lastSentence();
        String all = there + why;
        if (all.equals(shown)) {
            return Optional.empty();
        }
        Row row = new Row(there, shown.endsWith(why) ? "" : why);
        shown = all;
        return Optional.of(row);
    }

    private String outcome() {
        return failure.isEmpty()
                ? "It gave " + result.orElse("") + ", as expected."
                : failure.lines().findFirst().orElse("");
    }

    private String numbers() {
        SparkReport.Change last = executors.last();
        return " %d asked, %d granted, %d run".formatted(last.asked(), last.granted(), last.running());
    }

    /** A row of the table. */
    record Row(String executors, String why) {}

    SparkReport report() {
        return new SparkReport(
                name,
                failure.isEmpty(),
                failure,
                result.orElse(""),
                expected.get(),
                executors.changes(),
                executors.executorSeconds(),
                List.copyOf(sentences));
    }
}
