package io.tidegate.collector;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once everything is listed and all assigned shards are taken over, and while Kafka and the API server answer. */
@Readiness
@Singleton
public final class CollectorReadiness implements HealthCheck {

    private final Collector collector;

    @Inject
    public CollectorReadiness(Collector collector) {
        this.collector = collector;
    }

    @Override
    public HealthCheckResponse call() {
        Collector.State state = collector.state();
        Map<String, String> outages = state.outages().current();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("collector")
                .withData("policies", state.world().policies())
                .withData("shards", state.world().owned())
                .withData("shards taken over", state.world().sampled())
                .withData("usage", state.usage())
                .withData("signing keys", state.signingKeys());
        outages.forEach(response::withData);
        boolean ready = state.started()
                && outages.isEmpty()
                && state.world().listed()
                && state.world().owned() == state.world().sampled();
        return response.status(ready).build();
    }
}
