package io.tidegate.policyengine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.client.CollectorRegistry;
import io.tidegate.contracts.decision.DecisionRecord.Action;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.policyengine.WorkloadReading.Sizes;
import io.tidegate.policyengine.WorkloadReading.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkloadSeriesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final WorkloadId ORDERS = workload("orders");
    private static final String[] NAMES = {"cluster", "namespace", "kind", "workload"};
    private static final String[] VALUES = {"eu", "sales", "Deployment", "orders"};

    private final WorkloadReadings readings = new WorkloadReadings(2);
    private final CollectorRegistry registry = new CollectorRegistry();

    WorkloadSeriesTest() {
        registry.register(new WorkloadSeries(readings));
    }

    @Test
    void showsWhatWasDecidedLast() {
        readings.decided(ORDERS, reading("DemandRose", List.of()));
        readings.decided(ORDERS, reading("RightSize", inputs(1)));

        assertEquals(2.0, value("tidegate_workload_replicas_current"));
        assertEquals(3.0, value("tidegate_workload_replicas_desired"));
        assertEquals(14.0, value("tidegate_workload_replicas_recommended"));
        assertEquals(1.0, value("tidegate_workload_objective_held"));
        assertEquals(30.0, value("tidegate_workload_objective_seconds"));
        assertEquals(199.0, value("tidegate_workload_learned_rate"));
        assertEquals(1.0, value("tidegate_workload_limited", "guard", "bounds"));
        assertEquals(1.0, value("tidegate_workload_reason", "reason", "RightSize", "words", "words of RightSize"));
        assertEquals(0.0, value("tidegate_workload_signal", "signal", "lag", "quantity", "q0"));
        assertNull(value("tidegate_workload_reason", "reason", "DemandRose", "words", "words of DemandRose"));
    }

    @Test
    void marksTheLastChangeWithItsReason() {
        readings.decided(ORDERS, reading("DemandRose", List.of()));
        readings.told(ORDERS, Action.ScaleUp, NOW);
        readings.decided(ORDERS, reading("RightSize", List.of()));
        readings.told(ORDERS, Action.Hold, NOW.plusSeconds(60));

        assertEquals(
                (double) NOW.getEpochSecond(),
                value(
                        "tidegate_workload_last_change_timestamp_seconds",
                        "action",
                        "ScaleUp",
                        "reason",
                        "DemandRose",
                        "words",
                        "words of DemandRose"));
        assertEquals(1.0, value("tidegate_workload_decisions_total", "action", "ScaleUp"));
        assertEquals(1.0, value("tidegate_workload_decisions_total", "action", "Hold"));
    }

    @Test
    void countsChangesThatAreTakenBackSoon() {
        readings.decided(ORDERS, reading("DemandRose", List.of()));
        readings.told(ORDERS, Action.ScaleUp, NOW);
        readings.told(ORDERS, Action.ScaleDown, NOW.plusSeconds(300));
        readings.told(ORDERS, Action.Hold, NOW.plusSeconds(301));
        readings.told(ORDERS, Action.ScaleUp, NOW.plusSeconds(899));
        readings.told(ORDERS, Action.ScaleUp, NOW.plusSeconds(900));
        readings.told(ORDERS, Action.ScaleDown, NOW.plusSeconds(1_500));

        assertEquals(2.0, value("tidegate_workload_reversals_total"));
    }

    @Test
    void showsNoSizesOfWhatNothingCanBeDecidedFor() {
        readings.decided(ORDERS, WorkloadReading.undecided("Shadow", new Why("InvalidPolicy", "none"), null));

        assertNull(value("tidegate_workload_replicas_desired"));
        assertEquals(1.0, value("tidegate_workload_mode", "mode", "Shadow"));
        assertEquals(1.0, value("tidegate_workload_reason", "reason", "InvalidPolicy", "words", "none"));
    }

    @Test
    void listsNoMoreWorkloadsThanAllowedAndKeepsThoseItHas() {
        Stream.of("a", "b", "c").forEach(name -> readings.decided(workload(name), reading("Idle", List.of())));
        readings.decided(workload("a"), reading("RightSize", List.of()));

        assertEquals(2, readings.size());
        assertEquals(2, samples("tidegate_workload_replicas_current"));
        readings.forget(workload("a"));
        readings.decided(workload("c"), reading("Idle", List.of()));
        assertEquals(2, readings.size());
    }

    @Test
    void seriesOfAWorkloadAreBounded() {
        readings.decided(ORDERS, reading("RightSize", inputs(500)));
        Stream.of(Action.values()).forEach(action -> readings.told(ORDERS, action, NOW));

        assertEquals(WorkloadSeries.MAX_INPUTS, samples("tidegate_workload_signal"));
        assertTrue(total() <= 25 + WorkloadSeries.MAX_INPUTS, total() + " series");
    }

    @Test
    void twoNumbersOfOneNameSpoilNoPage() {
        Input twice = new Input("lag", "lag", 1, "records", Duration.ZERO);
        readings.decided(ORDERS, reading("RightSize", List.of(twice, twice)));

        assertEquals(1, samples("tidegate_workload_signal"));
    }

    @Test
    void forgetsWhatAnotherInstanceWorksOn() {
        readings.decided(ORDERS, reading("RightSize", List.of()));
        readings.forget(workload -> workload.equals(ORDERS));

        assertEquals(0, readings.size());
        assertEquals(0, total());
    }

    private @Nullable Double value(String name, String... further) {
        String[] names = Stream.concat(
                        Stream.of(NAMES), IntStream.range(0, further.length / 2).mapToObj(i -> further[2 * i]))
                .toArray(String[]::new);
        String[] values = Stream.concat(
                        Stream.of(VALUES),
                        IntStream.range(0, further.length / 2).mapToObj(i -> further[2 * i + 1]))
                .toArray(String[]::new);
        return registry.getSampleValue(name, names, values);
    }

    private long samples(String family) {
        return new WorkloadSeries(readings)
                .collect().stream()
                        .flatMap(one -> one.samples.stream())
                        .filter(sample -> sample.name.equals(family))
                        .count();
    }

    private long total() {
        return new WorkloadSeries(readings)
                .collect().stream().mapToLong(one -> one.samples.size()).sum();
    }

    private static WorkloadReading reading(String reason, List<Input> inputs) {
        return new WorkloadReading(
                new Sizes(2, 3, 14, 0, 12),
                new Why(reason, "words of " + reason),
                "Enforce",
                false,
                true,
                true,
                30,
                "bounds",
                new LearnedRate(199, 0.9, 5),
                inputs,
                "Applied");
    }

    private static List<Input> inputs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Input("lag", "q" + i, i, "records", Duration.ZERO))
                .toList();
    }

    private static WorkloadId workload(String name) {
        return new WorkloadId("eu", "sales", "Deployment", name);
    }
}
