package io.tidegate.testbed.spark;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The service account of drivers, with no more rights than Spark's allocators use, of pods and of stateful sets. */
final class SparkAccess {
    static final String SERVICE_ACCOUNT = "spark";

    private static final String[] ALL = {
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"
    };
    private static final String GROUP = "rbac.authorization.k8s.io";

    private SparkAccess() {}

    /** Makes it, with its role, in a namespace. */
    static void grant(KubernetesClient client, String namespace) {
        List<HasMetadata> wanted = List.of(
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(SERVICE_ACCOUNT)
                        .endMetadata()
                        .build(),
                new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(SERVICE_ACCOUNT)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("pods")
                        .withVerbs(ALL)
                        .endRule()
                        .addNewRule()
                        .withApiGroups("apps")
                        .withResources("statefulsets")
                        .withVerbs(ALL)
                        .endRule()
                        .build(),
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(SERVICE_ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef(GROUP, "Role", SERVICE_ACCOUNT)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(namespace)
                        .withName(SERVICE_ACCOUNT)
                        .endSubject()
                        .build());
        wanted.forEach(resource -> client.resource(resource).serverSideApply());
    }
}
