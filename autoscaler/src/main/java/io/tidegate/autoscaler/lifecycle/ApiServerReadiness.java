package io.tidegate.autoscaler.lifecycle;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the API server answers. */
@Readiness
@Singleton
class ApiServerReadiness implements HealthCheck {

    private final Links links;

    ApiServerReadiness(Links links) {
        this.links = links;
    }

    @Override
    public HealthCheckResponse call() {
        return Readings.of("api-server", links.apiServer());
    }
}
