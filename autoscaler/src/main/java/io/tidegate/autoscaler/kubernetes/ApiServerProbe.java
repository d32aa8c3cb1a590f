package io.tidegate.autoscaler.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks the API server whether it is there. Also keeps its connection warm: a first write on a cold one takes several times as long. */
public final class ApiServerProbe {

    private final ApiServer server;

    public ApiServerProbe(KubernetesClient client, Duration timeout) {
        this.server = new ApiServer(client, timeout);
    }

    /** What is wrong; empty if all is well. */
    public Optional<String> problem() {
        try {
            ApiServer.Response response = server.get("/version");
            return response.succeeded() ? Optional.empty() : Optional.of(StatusBody.words(response));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
