package io.tidegate.spark.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Asks the API server whether it would take a pod, without making it. */
public final class Admission {
    private static final int FIRST_REFUSAL = 400;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int FIRST_FAILURE = 500;

    private final KubernetesClient client;
    private final String namespace;

    public Admission(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Why it would not take the pod, in the server's words; empty if it would.
     *
     * @throws KubernetesClientException if it does not say
     */
    public Optional<String> refusal(Pod pod) {
        try {
            client.pods().inNamespace(namespace).resource(pod).dryRun().create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            int code = e.getCode();
            if (code == CONFLICT) {
                return Optional.empty();
            }
            if (code < FIRST_REFUSAL || code >= FIRST_FAILURE || code == TOO_MANY) {
                throw e;
            }
            return Optional.of(
                    e.getStatus() != null && e.getStatus().getMessage() != null
                            ? e.getStatus().getMessage()
                            : "refused with status " + code);
        }
    }
}
