package io.tidegate.policyengine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.tidegate.contracts.wire.TraceParent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exemplars as the OpenMetrics format shows them. */
@SuppressWarnings("deprecation") // The registry is the one that Quarkus has.
class TraceExemplarsTest {

    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, TraceParent.SAMPLED);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new CollectorRegistry(true), Clock.SYSTEM, new TraceExemplars());
    private final EngineMetrics metrics = new EngineMetrics(registry, InstantSource.system(), 10);

    @Test
    void aTimeThatWasTakenInATraceHasItsIds() {
        metrics.decisionLatency(Duration.ofMillis(7), TRACE);
        metrics.decisionLatency(Duration.ofMillis(70), TRACE);

        List<String> lines = exemplars();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(
                lines.stream()
                        .allMatch(line -> line.contains(
                                "# {span_id=\"00f067aa0ba902b7\",trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\"} ")),
                lines.toString());
    }

    @Test
    void aTimeOfNoTraceHasNone() {
        metrics.decisionLatency(Duration.ofMillis(7), null);

        assertEquals(List.of(), exemplars());
        assertTrue(registry.scrape().contains("tidegate_decision_latency_seconds_count 1.0"), registry.scrape());
    }

    private List<String> exemplars() {
        return registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                .lines()
                .filter(line -> line.contains("_bucket") && line.contains("trace_id"))
                .toList();
    }
}
