package io.tidegate.policyengine.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.tidegate.policyengine.EngineConfig;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.WorkloadSeries;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
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
