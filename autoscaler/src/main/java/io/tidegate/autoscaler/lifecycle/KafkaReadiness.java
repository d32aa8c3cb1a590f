package io.tidegate.autoscaler.lifecycle;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka answers and its topics are there. */
@Readiness
@Singleton
class KafkaReadiness implements HealthCheck {

    private final Links links;

    KafkaReadiness(Links links) {
        this.links = links;
    }

    @Override
    public HealthCheckResponse call() {
        return Readings.of("kafka", links.kafka());
    }
}
