package io.tidegate.autoscaler.lifecycle;

import org.eclipse.microprofile.health.HealthCheckResponse;

/** Links as health checks. */
final class Readings {

    private Readings() {}

    static HealthCheckResponse of(String name, Link link) {
        return link.problem()
                .map(problem -> HealthCheckResponse.named(name)
                        .down()
                        .withData("reason", problem)
                        .build())
                .orElseGet(() -> HealthCheckResponse.up(name));
    }
}
