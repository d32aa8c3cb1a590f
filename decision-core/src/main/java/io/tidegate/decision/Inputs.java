package io.tidegate.decision;

import io.tidegate.decision.guard.Situation;
import io.tidegate.decision.model.Basis;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.Recommendation;
import io.tidegate.decision.signal.LagMeasure;
import io.tidegate.decision.signal.LagObservation;
import io.tidegate.decision.signal.Observation;
import io.tidegate.decision.signal.ScheduleObservation;
import io.tidegate.decision.signal.SparkObservation;
import io.tidegate.decision.signal.UsageObservation;
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
                case SparkObservation ignored -> {}
                case UsageObservation usage -> addUsage(inputs, usage, situation.recommendations());
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
