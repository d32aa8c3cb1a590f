package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.testing.Cluster;
import io.tidegate.autoscaler.testing.Kubectl;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.spark.SparkOperators;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the three service accounts may do on the real API server, and what not. */
@OnTestbed
class RightsIT {

    private static final String OF_KUBEFLOW = "sparkapplications.sparkoperator.k8s.io";
    private static final String OF_APACHE = "sparkapplications.spark.apache.org";
    private static final String SCHEDULED = "scheduledsparkapplications.sparkoperator.k8s.io";

    private final Kubectl kubectl;

    RightsIT(SharedTestbed testbed) {
        Cluster.install(testbed.controlPlane().client());
        SparkOperators.install(testbed.controlPlane().client());
        this.kubectl = new Kubectl(testbed.controlPlane(), "default");
    }

    record Case(String account, String verb, String resource, boolean allowed) {}

    @TestFactory
    Stream<DynamicTest> eachAccountMayDoItsWorkAndNothingElse() {
        return Stream.of(
                        yes("collector", "list,watch", "scalingpolicies.tidegate.io", "connections.tidegate.io"),
                        yes("collector", "list,watch", "scalingprofiles.tidegate.io", "namespaces"),
                        no("collector", "patch,update", "scalingprofiles.tidegate.io", "namespaces"),
                        yes("collector", "list,watch", "deployments.apps", "statefulsets.apps", "pods"),
                        yes("collector", "get", "deployments.apps/scale", "replicationcontrollers/scale"),
                        yes("collector", "list", "pods.metrics.k8s.io"),
                        yes("collector", "get,list,watch", OF_KUBEFLOW, OF_APACHE, SCHEDULED),
                        no("collector", "create,update,patch,delete", OF_KUBEFLOW, OF_APACHE, SCHEDULED),
                        yes("autoscaler", "get,patch", SCHEDULED),
                        no("autoscaler", "list,watch,create,update,delete", SCHEDULED),
                        no("autoscaler", "patch", SCHEDULED + "/status"),
                        no("autoscaler", "get,list,create,update,patch,delete", OF_KUBEFLOW, OF_APACHE),
                        no("autoscaler", "patch", OF_KUBEFLOW + "/status", OF_APACHE + "/status"),
                        no("engine", "get,list", OF_KUBEFLOW, OF_APACHE, SCHEDULED),
                        no("collector", "patch,update", "deployments.apps/scale", "deployments.apps", "pods"),
                        no("collector", "patch", "scalingpolicies.tidegate.io/status", "scalingpolicies.tidegate.io"),
                        no("collector", "create", "events.events.k8s.io", "pods", "pods/exec"),
                        no("collector", "get", "secrets", "configmaps", "nodes/proxy"),
                        yes("autoscaler", "get,patch", "deployments.apps/scale", "statefulsets.apps/scale"),
                        yes("autoscaler", "get,patch", "scalingpolicies.tidegate.io/status"),
                        yes("autoscaler", "create,patch", "events.events.k8s.io"),
                        no("autoscaler", "update", "deployments.apps/scale", "scalingpolicies.tidegate.io/status"),
                        yes("autoscaler", "get,patch", "pods"),
                        no("autoscaler", "list,watch,create,update,delete", "pods"),
                        no("autoscaler", "get,patch,create", "pods/exec", "pods/resize", "pods/ephemeralcontainers"),
                        no("autoscaler", "get,patch", "deployments.apps", "scalingpolicies.tidegate.io"),
                        no("autoscaler", "get,list", "secrets", "configmaps", "events.events.k8s.io"),
                        no("engine", "get,list", "scalingpolicies.tidegate.io", "pods", "secrets"),
                        no("engine", "patch", "deployments.apps/scale"))
                .flatMap(List::stream)
                .map(right -> DynamicTest.dynamicTest(
                        right.account() + " " + right.verb() + " " + right.resource(),
                        () -> assertEquals(right.allowed(), may(right))));
    }

    private boolean may(Case right) {
        int slash = right.resource().indexOf('/');
        String resource = slash < 0 ? right.resource() : right.resource().substring(0, slash);
        String said = slash < 0
                ? ask(right, resource)
                : ask(right, resource, "--subresource=" + right.resource().substring(slash + 1));
        return said.lines().toList().getLast().equals("yes");
    }

    private String ask(Case right, String resource, String... more) {
        return kubectl.run(Stream.concat(
                        Stream.of(
                                "auth",
                                "can-i",
                                right.verb(),
                                resource,
                                "--as=system:serviceaccount:tidegate:tidegate-" + right.account()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static List<Case> yes(String account, String verbs, String... resources) {
        return cases(account, verbs, true, resources);
    }

    private static List<Case> no(String account, String verbs, String... resources) {
        return cases(account, verbs, false, resources);
    }

    private static List<Case> cases(String account, String verbs, boolean allowed, String... resources) {
        return Stream.of(verbs.split(","))
                .flatMap(verb -> Stream.of(resources).map(resource -> new Case(account, verb, resource, allowed)))
                .toList();
    }
}
