package io.tidegate.policyengine.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while facts are being read. */
@Readiness
@ApplicationScoped
public class EngineReadiness implements HealthCheck {

    private final EngineLifecycle lifecycle;

    EngineReadiness(EngineLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine");
        return switch (lifecycle.phase()) {
            case Phase.Waiting waiting ->
                response.down().withData("reason", waiting.reason()).build();
            case Phase.Failed failed ->
                response.down().withData("reason", failed.reason()).build();
            case Phase.Started started ->
                problem(started)
                        .map(reason ->
                                response.down().withData("reason", reason).build())
                        .orElseGet(() -> response.up().build());
        };
    }

    private static Optional<String> problem(Phase.Started started) {
        return started.streams().isRunning()
                ? started.kafka().problem()
                : Optional.of("the engine is " + started.streams().state());
    }
}
