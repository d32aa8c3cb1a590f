package io.tidegate.testbed.controlplane;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Tokens for processes that run outside the cluster under a service account of it. */
public final class ServiceAccounts {
    private final KubernetesClient client;
    private final Kubeconfig server;

    ServiceAccounts(KubernetesClient client, Kubeconfig server) {
        this.client = client;
        this.server = server;
    }

    /** A new token of an existing service account; without audiences it is one for the API server itself. */
    public String token(String namespace, String name, Duration validity, String... audiences) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(List.of(audiences))
                .withExpirationSeconds(validity.toSeconds())
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    /** Writes a kubeconfig file with which a process has exactly the rights of an existing service account. */
    public Path kubeconfig(String namespace, String name, Path file) {
        return server.write(file, name, namespace, token(namespace, name, Duration.ofHours(24)));
    }
}
