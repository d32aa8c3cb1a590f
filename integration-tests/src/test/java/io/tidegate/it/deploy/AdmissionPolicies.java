package io.tidegate.it.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.helm.Helm;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Admission policies of the chart in a cluster, and an autoscaler's account that roles allow everything; both until it is closed. */
final class AdmissionPolicies implements AutoCloseable {

    private final Kubectl kubectl;
    private final String instance;
    private final AllPowerful autoscaler;

    /**
     * Applies them.
     *
     * @param instance name of the release, which all their names begin with
     * @param template the chart's file that they are in
     */
    AdmissionPolicies(SharedTestbed testbed, ControlPlane plane, String namespace, String instance, String template) {
        this.kubectl = new Kubectl(plane, testbed.directory().folder("kubectl"));
        this.instance = instance;
        apply(Helm.locate(testbed.directory().folder("helm"), Progress.console())
                .run(
                        "template",
                        instance,
                        Helm.chart().toString(),
                        "--namespace",
                        namespace,
                        "--set",
                        "fullnameOverride=" + instance,
                        "--show-only",
                        "templates/" + template,
                        "--show-only",
                        "templates/serviceaccounts.yaml"));
        this.autoscaler = AllPowerful.account(
                plane, namespace, instance + "-autoscaler", testbed.directory().folder("accounts"));
    }

    Kubectl kubectl() {
        return kubectl;
    }

    AllPowerful autoscaler() {
        return autoscaler;
    }

    /** Applies Tidegate's custom resource definitions, and returns when policies can be written. */
    void applyDefinitions() throws IOException {
        try (Stream<Path> crds = Files.list(TestbedHome.root().resolve("k8s/crds"))) {
            for (Path crd : crds.toList()) {
                apply(Files.readString(crd));
            }
        }
        applied(kubectl.run("wait", "--for=condition=Established", "crd/scalingpolicies.tidegate.io", "--timeout=30s"));
    }

    /** Applies manifests, which the cluster must accept. */
    void apply(String manifests) {
        applied(kubectl.apply(manifests));
    }

    /** What the API server says of the policies, by a path. */
    String read(String path) {
        Kubectl.Result result = kubectl.run(
                "get",
                "validatingadmissionpolicy",
                "-l",
                "app.kubernetes.io/instance=" + instance,
                "-o",
                "jsonpath=" + path);
        applied(result);
        return result.output().strip();
    }

    static void applied(Kubectl.Result result) {
        assertEquals(0, result.code(), result.output());
    }

    @Override
    public void close() {
        autoscaler.close();
        kubectl.run(
                "delete",
                "validatingadmissionpolicy,validatingadmissionpolicybinding",
                "-l",
                "app.kubernetes.io/instance=" + instance);
    }
}
