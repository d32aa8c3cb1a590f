package io.tidegate.it.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SparkAppSpec;
import io.tidegate.testbed.spark.SparkExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The whole path on real parts: policies, the three services, and applications whose drivers have the plugin. */
final class SparkScene implements AutoCloseable {
    /** Executors take seconds to start, and much longer on a machine that does other things. */
    static final Duration LONG = Duration.ofMinutes(4);

    private static final String PIPELINE = "pipeline";

    private final SharedTestbed testbed;
    private final String namespace;
    private final TidegateServices services;

    private SparkScene(SharedTestbed testbed, String namespace, TidegateServices services) {
        this.testbed = testbed;
        this.namespace = namespace;
        this.services = services;
    }

    static SparkScene start(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        return start(testbed, kubelet, isolation, Map.of());
    }

    /** @param settings further environment variables of some of the services */
    static SparkScene start(
            SharedTestbed testbed,
            ProcessKubelet kubelet,
            Isolation isolation,
            Map<ServiceKind, Map<String, String>> settings) {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        return new SparkScene(
                testbed, isolation.namespace(), TidegateServices.start(testbed, Progress.console(), settings));
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(200));
    }

    SharedTestbed testbed() {
        return testbed;
    }

    KubernetesClient client() {
        return testbed.controlPlane().client();
    }

    String namespace() {
        return namespace;
    }

    List<ServiceProcess> services() {
        return services.processes();
    }

    ServiceProcess collector() {
        return services.process(ServiceKind.TELEMETRY_COLLECTOR);
    }

    /** Creates or changes the policy of a pipeline. */
    void policy(String pipeline, int min, int max) {
        GenericKubernetesResource policy = Serialization.unmarshal(
                """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  selector: {matchLabels: {%s: %s}}
                  executors: {min: %d, max: %d}
                """.formatted(pipeline, namespace, PIPELINE, pipeline, min, max), GenericKubernetesResource.class);
        client().resource(policy).forceConflicts().serverSideApply();
    }

    /** The policy as the API server has it, status included. */
    GenericKubernetesResource told(String pipeline) {
        return client().genericKubernetesResources("tidegate.io/v1alpha1", "ScalingPolicy")
                .inNamespace(namespace)
                .withName(pipeline)
                .require();
    }

    /** A number of the policy's status; -1 if it is not there. */
    int status(String pipeline, String field) {
        return told(pipeline).get("status", field) instanceof Number number ? number.intValue() : -1;
    }

    /** The message of a condition of the policy that is False; empty if there is none. */
    String complaint(String pipeline, String type) {
        if (!(told(pipeline).get("status", "conditions") instanceof List<?> conditions)) {
            return "";
        }
        return conditions.stream()
                .map(condition -> (Map<?, ?>) condition)
                .filter(condition -> type.equals(condition.get("type")) && "False".equals(condition.get("status")))
                .map(condition -> String.valueOf(condition.get("message")))
                .collect(Collectors.joining());
    }

    /** Runs an application of a pipeline, with the plugin. */
    PluginApp submit(SparkAppSpec spec, String pipeline) {
        return PluginApp.submit(
                testbed,
                spec.withLabel(PIPELINE, pipeline),
                collector().address().toString());
    }

    /** The driver's own list and the API server's pods are the same executors, so many. */
    static boolean agree(PluginApp app, int executors) {
        List<SparkExecutor> own = app.app().executors().orElse(List.of());
        Set<String> hosts = own.stream().map(SparkExecutor::host).collect(Collectors.toSet());
        Set<String> pods = app.app().executorPods().stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .map(SparkScene::address)
                .collect(Collectors.toSet());
        return own.size() == executors && hosts.equals(pods);
    }

    private static String address(Pod pod) {
        return String.valueOf(pod.getStatus().getPodIP());
    }

    @Override
    public void close() {
        services.close();
    }
}
