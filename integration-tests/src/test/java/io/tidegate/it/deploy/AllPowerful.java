package io.tidegate.it.deploy;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.tidegate.testbed.controlplane.ControlPlane;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A service account that may do everything as far as roles go, so that all that is refused is refused by admission policies. */
final class AllPowerful implements AutoCloseable {

    private static final long LONGEST_SECONDS = 15;

    private final ControlPlane plane;
    private final ClusterRoleBinding binding;
    private final KubernetesClient client;

    private AllPowerful(ControlPlane plane, ClusterRoleBinding binding, KubernetesClient client) {
        this.plane = plane;
        this.binding = binding;
        this.client = client;
    }

    /**
     * Gives an account all rights, until it is closed.
     *
     * @param folder for its credentials
     */
    static AllPowerful account(ControlPlane plane, String namespace, String name, Path folder) {
        ClusterRoleBinding binding = new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("all-powerful-" + namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject(null, "ServiceAccount", name, namespace)
                .build();
        plane.client().resource(binding).serverSideApply();
        Path kubeconfig = plane.serviceAccounts().kubeconfig(namespace, name, folder.resolve(namespace));
        return new AllPowerful(
                plane,
                binding,
                new KubernetesClientBuilder()
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                        .build());
    }

    /** Sends a request as this account. */
    HttpResponse<String> send(String method, String path, String type, String body) {
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl().toString().replaceAll("/$", "") + path)
                .method(method, type, body)
                .build();
        return client.getHttpClient()
                .sendAsync(request, String.class)
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        client.close();
        plane.client().resource(binding).delete();
    }
}
