package io.tidegate.policyengine.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidegate.policyengine.EngineMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Beans of classes that know nothing of CDI. */
final class Beans {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    EngineMetrics metrics(MeterRegistry registry, InstantSource clock) {
        return new EngineMetrics(registry, clock);
    }
}
