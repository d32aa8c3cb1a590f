package io.tidegate.policyengine.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down once the engine has given up; a restart helps then. */
@Liveness
@ApplicationScoped
public class EngineLiveness implements HealthCheck {

    private final EngineLifecycle lifecycle;

    EngineLiveness(EngineLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("engine");
        return switch (lifecycle.phase()) {
            case Phase.Waiting waiting -> response.up().build();
            case Phase.Failed failed ->
                response.down().withData("reason", failed.reason()).build();
            case Phase.Started started ->
                started.streams().hasFailed()
                        ? response.down()
                                .withData("reason", "the engine has stopped after failures, see its log")
                                .build()
                        : response.up().build();
        };
    }
}
