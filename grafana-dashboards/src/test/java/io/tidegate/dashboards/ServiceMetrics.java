package io.tidegate.dashboards;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.decision.DecisionRecord.Action;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.decision.model.Input;
import io.tidegate.decision.model.LearnedRate;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.WorkloadReading;
import io.tidegate.policyengine.WorkloadReading.Sizes;
import io.tidegate.policyengine.WorkloadReading.Why;
import io.tidegate.policyengine.WorkloadSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The services' own metrics, as each shows them once everything has been counted. */
@SuppressWarnings("deprecation") // The registry is the one that Quarkus has.
final class ServiceMetrics {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private ServiceMetrics() {}

    static String collector() {
        PrometheusMeterRegistry registry = registry();
        CollectorMetrics metrics = new CollectorMetrics(registry);
        metrics.running("1");
        metrics.observe(() -> 1, () -> 1, () -> 1);
        CollectorMetrics.SIGNAL_STATES.forEach(state -> metrics.signalsGauge(state, () -> 1));
        return registry.scrape();
    }

    static String engine() {
        CollectorRegistry collectors = new CollectorRegistry();
        PrometheusMeterRegistry registry = registry(collectors);
        EngineMetrics metrics = new EngineMetrics(registry, InstantSource.fixed(NOW), 10);
        metrics.running("1");
        WorkloadId workload = new WorkloadId("eu", "sales", "Deployment", "orders");
        metrics.readings().decided(workload, reading());
        metrics.readings().told(workload, Action.ScaleUp, NOW);
        collectors.register(new WorkloadSeries(metrics.readings()));
        return registry.scrape();
    }

    static String autoscaler() {
        PrometheusMeterRegistry registry = registry();
        Meters meters = new Meters(registry);
        meters.running("1");
        meters.observe(() -> 1, () -> 1, () -> 1);
        return registry.scrape();
    }

    private static WorkloadReading reading() {
        return new WorkloadReading(
                new Sizes(1, 2, 3, 0, 4),
                new Why("DemandRose", "demand asks for more replicas"),
                "Enforce",
                false,
                true,
                true,
                30,
                "bounds",
                new LearnedRate(200, 0.9, 5),
                List.of(new Input("lag", "lag", 12, "records", Duration.ZERO)),
                "Applied");
    }

    private static PrometheusMeterRegistry registry() {
        return registry(new CollectorRegistry());
    }

    private static PrometheusMeterRegistry registry(CollectorRegistry collectors) {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);
    }
}
