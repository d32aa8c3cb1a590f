package io.tidegate.policyengine.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.TraceExemplars;
import io.tidegate.policyengine.WorkloadSeries;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Beans of classes that know nothing of CDI. */
final class Beans {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** One for all: that of Quarkus itself is made anew wherever it is asked for. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    /** Takes the place of Quarkus' own, which gives none without its extension for OpenTelemetry. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> exemplars() {
        return Optional.of(new TraceExemplars());
    }

    @Produces
    @Singleton
    EngineMetrics metrics(
            MeterRegistry registry,
            CollectorRegistry collectors,
            InstantSource clock,
            EngineConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        EngineMetrics metrics =
                new EngineMetrics(registry, clock, config.metrics().workloads());
        metrics.running(version);
        collectors.register(new WorkloadSeries(metrics.readings()));
        return metrics;
    }
}
