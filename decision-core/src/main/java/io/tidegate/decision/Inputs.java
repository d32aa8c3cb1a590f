package io.tidegate.decision;

import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.model.StageReading;
import io.tidegate.decision.model.StageState;
import io.tidegate.decision.recommend.Recommenders;
import io.tidegate.decision.signal.BatchMark;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.Queries;
import io.tidegate.decision.signal.ScheduleObservation;
import io.tidegate.decision.signal.SparkMeasure;
import io.tidegate.decision.signal.SparkObservation;
import io.tidegate.decision.signal.UsageObservation;
import io.tidegate.decision.signal.ValueMeasure;
import io.tidegate.decision.signal.ValueObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lists the numbers that a decision rests on. */
final class Inputs {
    private Inputs() {}

    static List<Input> of(Situation situation) {
        List<Input> inputs = new ArrayList<>(4 * situation.observations().size());
        for (Observation seen : situation.observations()) {
            switch (seen) {
                case LagObservation lag -> addLag(inputs, lag);
                case SparkObservation spark -> addSpark(inputs, spark);
                case UsageObservation usage -> addUsage(inputs, usage, situation.recommendations());
                case ValueObservation value -> {
                    if (value.value() instanceof ValueMeasure.Known known) {
                        inputs.add(
                                new Input(value.signal().name(), "value", known.milli() / 1_000.0, "1", value.age()));
                    }
                }
                case ScheduleObservation schedule ->
                    inputs.add(new Input(
                            schedule.signal().name(),
                            "scheduled",
                            schedule.open() ? schedule.signal().replicas() : 0,
                            "replicas",
                            Duration.ZERO));
            }
        }
        return inputs;
    }

    private static void addLag(List<Input> inputs, LagObservation seen) {
        String signal = seen.signal().name();
        Duration age = seen.age();
        switch (seen.lag()) {
            case LagMeasure.Known known ->
                inputs.add(new Input(signal, "lag", known.totals().lag(), "records", age));
            case LagMeasure.AtLeast atLeast ->
                inputs.add(new Input(signal, "lagAtLeast", atLeast.totals().lag(), "records", age));
            case LagMeasure.Unknown ignored -> {
                return;
            }
        }
        inputs.add(new Input(signal, "lagSeconds", seen.waited().toMillis() / 1_000.0, "s", age));
        if (seen.arrivalRate().isPresent()) {
            inputs.add(new Input(signal, "arrivalRate", seen.arrivalRate().getAsDouble(), "records/s", age));
        }
        if (seen.processedRate().isPresent()) {
            inputs.add(new Input(signal, "processedRate", seen.processedRate().getAsDouble(), "records/s", age));
        }
    }

    private static void addSpark(List<Input> inputs, SparkObservation seen) {
        Reading.Spark reading = switch (seen.measure()) {
            case SparkMeasure.Known known -> known.reading();
            case SparkMeasure.AtLeast atLeast -> atLeast.reading();
            case SparkMeasure.Unknown ignored -> null;
        };
        if (reading == null) {
            return;
        }
        String signal = seen.signal().name();
        Duration age = seen.age();
        inputs.add(new Input(signal, "executors", reading.executors().running(), "executors", age));
        inputs.add(new Input(signal, "executorsBusy", reading.executors().busy(), "executors", age));
        if (Recommenders.streams(seen.signal(), reading)) {
            BatchMark last = Queries.counted(seen.signal(), reading).last();
            inputs.add(new Input(signal, "inputRate", Math.max(0, last.inputRate()), "rows/s", age));
            inputs.add(new Input(signal, "backlog", Math.max(0, last.backlog()), "rows", age));
            inputs.add(new Input(signal, "batchSeconds", last.batchMillis() / 1_000.0, "s", age));
            return;
        }
        long pending = 0;
        long running = 0;
        for (StageReading stage : reading.stages()) {
            pending += stage.state() == StageState.ACTIVE ? stage.pending() : 0;
            running += stage.running();
        }
        inputs.add(new Input(signal, "pendingTasks", pending, "tasks", age));
        inputs.add(new Input(signal, "runningTasks", running, "tasks", age));
    }

    private static void addUsage(List<Input> inputs, UsageObservation seen, List<Recommendation> recommendations) {
        String signal = seen.signal().name();
        for (Recommendation recommendation : recommendations) {
            if (recommendation.signal().equals(signal) && recommendation.basis() instanceof Basis.Usage usage) {
                inputs.add(new Input(signal, "usage", usage.measured(), usage.unit(), seen.age()));
                inputs.add(new Input(signal, "podsCounted", usage.pods().counted(), "pods", seen.age()));
                if (usage.pods().missing() > 0) {
                    inputs.add(
                            new Input(signal, "podsWithoutMetric", usage.pods().missing(), "pods", seen.age()));
                }
                if (usage.pods().unready() > 0) {
                    inputs.add(new Input(signal, "podsStarting", usage.pods().unready(), "pods", seen.age()));
                }
            }
        }
    }
}
