package io.tidegate.autoscaler.kubernetes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.spark.SparkOperators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the three service accounts may do on the real API server: each verb on each resource that it serves. */
@OnTestbed
class RightsIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<String> ACCOUNTS = List.of("autoscaler", "collector", "engine");
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    /** All that is allowed; RightsUsedIT (suite deploy) shows that the services ask for each of it. */
    private static final String ALLOWED = """
            autoscaler get,patch    deployments.apps/scale replicasets.apps/scale statefulsets.apps/scale
            autoscaler get,patch    replicationcontrollers/scale
            autoscaler get,patch    pods
            autoscaler get,patch    scheduledsparkapplications.sparkoperator.k8s.io
            autoscaler get,patch    scalingpolicies.tidegate.io/status
            autoscaler create,patch events.events.k8s.io
            collector  list,watch   scalingpolicies.tidegate.io scalingprofiles.tidegate.io connections.tidegate.io
            collector  list,watch   deployments.apps replicasets.apps statefulsets.apps replicationcontrollers
            collector  get          replicationcontrollers/scale
            collector  list,watch   pods namespaces
            collector  list         pods.metrics.k8s.io
            collector  list,watch   sparkapplications.sparkoperator.k8s.io sparkapplications.spark.apache.org
            collector  list,watch   scheduledsparkapplications.sparkoperator.k8s.io
            """;

    /** What Kubernetes lets everybody do who has an identity: ask what they may do themselves. */
    private static final Set<String> EVERYBODYS = Set.of(
            "selfsubjectreviews.authentication.k8s.io",
            "selfsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectrulesreviews.authorization.k8s.io");

    private final KubernetesClient client;

    RightsIT(SharedTestbed testbed) {
        this.client = testbed.controlPlane().client();
        Cluster.install(client);
        SparkOperators.install(client);
    }

    /** One verb on one resource, by one account. */
    private record Right(String account, String verb, Resource resource) {
        @Override
        public String toString() {
            return account + " " + verb + " " + resource;
        }
    }

    /** As in {@code deployments.apps/scale}. */
    private record Resource(String group, String name, String subresource) {
        @Override
        public String toString() {
            return name + (group.isEmpty() ? "" : "." + group) + (subresource.isEmpty() ? "" : "/" + subresource);
        }
    }

    @Test
    void eachAccountMayDoItsWorkAndNothingElse() {
        List<Resource> resources = resources();
        List<Right> all = ACCOUNTS.stream()
                .flatMap(account -> VERBS.stream()
                        .flatMap(verb -> resources.stream().map(resource -> new Right(account, verb, resource))))
                .toList();
        assertTrue(all.size() > 2_000, all.size() + " rights are asked about");
        // The API server takes a moment to heed new roles.
        await().atMost(SOON)
                .until(() -> may(new Right("collector", "list", new Resource("metrics.k8s.io", "pods", "")))
                        && may(new Right("autoscaler", "patch", new Resource("events.k8s.io", "events", ""))));

        Set<String> allowed = all.parallelStream()
                .filter(right -> !EVERYBODYS.contains(right.resource().toString()))
                .filter(this::may)
                .map(Right::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(String.join("\n", expected()), String.join("\n", allowed));
    }

    @Test
    void theResourcesThatMatterMostAreAmongThoseAskedAbout() {
        Set<String> names = resources().stream().map(Resource::toString).collect(Collectors.toSet());
        assertTrue(
                names.containsAll(List.of(
                        "secrets",
                        "configmaps",
                        "pods/exec",
                        "pods/eviction",
                        "pods/resize",
                        "nodes/proxy",
                        "serviceaccounts/token",
                        "deployments.apps",
                        "deployments.apps/scale",
                        "scalingpolicies.tidegate.io",
                        "scalingpolicies.tidegate.io/status",
                        "clusterroles.rbac.authorization.k8s.io",
                        "sparkapplications.spark.apache.org/status",
                        "pods.metrics.k8s.io")),
                names::toString);
    }

    private static Set<String> expected() {
        return ALLOWED.lines()
                .map(line -> line.split(" +", 3))
                .flatMap(row -> Stream.of(row[1].split(",", -1))
                        .flatMap(verb -> Stream.of(row[2].split(" +", -1))
                                .map(resource -> row[0] + " " + verb + " " + resource)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that the API server serves, subresources too, each once. */
    private List<Resource> resources() {
        Set<String> seen = new TreeSet<>();
        List<Resource> resources = new ArrayList<>();
        Stream.concat(
                        Stream.of("v1"),
                        client.getApiGroups().getGroups().stream()
                                .map(APIGroup::getPreferredVersion)
                                .map(version -> version.getGroupVersion()))
                .forEach(version -> {
                    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
                    for (APIResource resource : client.getApiResources(version).getResources()) {
                        String[] segments = resource.getName().split("/", 2);
                        Resource one = new Resource(group, segments[0], segments.length > 1 ? segments[1] : "");
                        if (seen.add(one.toString())) {
                            resources.add(one);
                        }
                    }
                });
        return resources;
    }

    private boolean may(Right right) {
        Resource resource = right.resource();
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:tidegate:tidegate-" + right.account())
                .withGroups("system:serviceaccounts", "system:serviceaccounts:tidegate", "system:authenticated")
                .withNewResourceAttributes()
                .withNamespace("default")
                .withVerb(right.verb())
                .withGroup(resource.group())
                .withResource(resource.name())
                .withSubresource(resource.subresource())
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
