package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.controlplane.NodeKind;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.spark.SparkImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

@OnTestbed
class ProcessKubeletIT {
    private final KubernetesClient client;
    private final ProcessKubelet kubelet;
    private final String namespace;

    ProcessKubeletIT(ProcessKubelet kubelet, KubernetesClient client, Isolation isolation) {
        this.kubelet = kubelet;
        this.client = client;
        this.namespace = isolation.namespace();
    }

    @Test
    void runsAContainerAsAProcessWithItsVariables(SharedTestbed testbed) throws IOException {
        create(pod(
                        "env",
                        "echo $NAME $ADDRESS $LITERAL > $READY_FILE.tmp; mv $READY_FILE.tmp $READY_FILE; exec tail -f /dev/null")
                .editMetadata()
                .addToAnnotations(ProcessKubelet.READY_ANNOTATION, "file")
                .endMetadata()
                .editSpec()
                .editContainer(0)
                .addNewEnv()
                .withName("NAME")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("metadata.name")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("ADDRESS")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("status.podIP")
                .endFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("LITERAL")
                .withValue("is-$(NAME)")
                .endEnv()
                .endContainer()
                .endSpec());

        await().until(() -> isReady("env"));
        Pod pod = get("env");
        assertEquals("Running", pod.getStatus().getPhase());
        assertTrue(
                pod.getStatus().getPodIP().startsWith("127."), pod.getStatus().getPodIP());
        assertEquals(kubelet.node(), pod.getSpec().getNodeName());
        Path file = testbed.directory().folder("pods").resolve(namespace).resolve("env/main/ready");
        assertEquals(
                "env " + pod.getStatus().getPodIP() + " is-env",
                Files.readString(file).strip());
    }

    /** As it is when its leases did not reach the API server for a while. */
    @Test
    void aNodeThatWasCalledLostIsReadyAgain() {
        KubeletOptions options = KubeletOptions.of(namespace, Path.of("none"), Map.of());
        NodeRegistration registration = new NodeRegistration(client, options);
        registration.register();
        try {
            client.nodes()
                    .withName(namespace)
                    .editStatus(node -> new NodeBuilder(node)
                            .editStatus()
                            .editFirstCondition()
                            .withStatus("Unknown")
                            .endCondition()
                            .endStatus()
                            .build());
            assertTrue(registration.renew());
            assertEquals(
                    "True",
                    client.nodes()
                            .withName(namespace)
                            .get()
                            .getStatus()
                            .getConditions()
                            .getFirst()
                            .getStatus());
        } finally {
            registration.remove();
        }
    }

    @Test
    void reportsTheExitCodeOfWhatMayEnd() {
        create(pod("fails", "exit 3").editSpec().withRestartPolicy("Never").endSpec());
        create(pod("works", "exit 0").editSpec().withRestartPolicy("OnFailure").endSpec());

        await().until(() -> phase("fails").equals("Failed") && phase("works").equals("Succeeded"));
        assertEquals(3, container("fails").getState().getTerminated().getExitCode());
        assertEquals("Completed", container("works").getState().getTerminated().getReason());
    }

    @Test
    void restartsWhatMustNotEndAfterABackOff() {
        create(pod("crashes", "exit 1"));

        await().until(() -> container("crashes").getRestartCount() >= 2);
        await().until(() -> container("crashes").getState().getWaiting() != null);
        assertEquals(
                "CrashLoopBackOff", container("crashes").getState().getWaiting().getReason());
        assertEquals(1, container("crashes").getLastState().getTerminated().getExitCode());
        assertEquals("Running", phase("crashes"));
    }

    @Test
    void waitsForTheGracePeriodBeforeItKills() {
        create(pod("deaf", "trap '' TERM; touch $READY_FILE; while :; do read x < /dev/zero; done")
                .editMetadata()
                .addToAnnotations(ProcessKubelet.READY_ANNOTATION, "file")
                .endMetadata()
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .endSpec());
        create(pod("polite", "exec tail -f /dev/null"));
        await().until(() -> isReady("deaf") && isReady("polite"));

        long start = System.nanoTime();
        client.pods().inNamespace(namespace).delete();
        await().until(() -> get("polite") == null);
        Duration polite = Duration.ofNanos(System.nanoTime() - start);
        await().until(() -> get("deaf") == null);
        Duration deaf = Duration.ofNanos(System.nanoTime() - start);

        assertTrue(polite.toMillis() < 1000, "the polite one took " + polite);
        assertTrue(deaf.toMillis() >= 1000, "the deaf one took " + deaf);
        assertEquals(List.of(), kubelet.processes(namespace));
    }

    @Test
    void isReadyWhenItsProbeSucceeds() {
        create(pod("probed", "sleep 1.5; touch here; exec tail -f /dev/null")
                .editSpec()
                .editContainer(0)
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("test", "-f", "here")
                .endExec()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .endContainer()
                .endSpec());

        await().until(() -> phase("probed").equals("Running"));
        assertEquals(false, isReady("probed"));
        await().until(() -> isReady("probed"));
    }

    @Test
    void takesANewSizeWhileItRuns() {
        create(pod("resized", "exec tail -f /dev/null")
                .editSpec()
                .editContainer(0)
                .withNewResources()
                .addToRequests("cpu", new Quantity("100m"))
                .endResources()
                .endContainer()
                .endSpec());
        await().until(() -> isReady("resized"));
        String before = container("resized").getContainerID();

        client.pods()
                .inNamespace(namespace)
                .withName("resized")
                .subresource("resize")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        "{\"spec\":{\"containers\":[{\"name\":\"main\",\"resources\":{\"requests\":{\"cpu\":\"250m\"}}}]}}");

        await().until(() -> new Quantity("250m")
                .equals(container("resized").getResources().getRequests().get("cpu")));
        assertEquals(Map.of("cpu", new Quantity("250m")), container("resized").getAllocatedResources());
        assertEquals(before, container("resized").getContainerID());
    }

    @Test
    void publishesWhatItsProcessesUse() {
        create(pod("busy", "while :; do :; done"));

        await().until(() -> usage("busy") != null);
        String published = Serialization.asJson(usage("busy").getAdditionalProperties());
        assertTrue(published.matches(".*\"name\":\"main\".*\"cpu\":\"[1-9][0-9]+n\".*"), published);
        client.pods().inNamespace(namespace).withName("busy").withGracePeriod(0).delete();
        await().until(() -> usage("busy") == null);
    }

    @Test
    void projectsATokenThatIsBoundToThePod() {
        create(pod("bound", "cat $TOKEN > $LAST_WORDS")
                .editSpec()
                .withRestartPolicy("Never")
                .addNewVolume()
                .withName("token")
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken("somebody", 600L, "name")
                .endSource()
                .endProjected()
                .endVolume()
                .editContainer(0)
                .addNewVolumeMount()
                .withName("token")
                .withMountPath("/var/run/secrets/somebody")
                .endVolumeMount()
                .addNewEnv()
                .withName("TOKEN")
                .withValue("/var/run/secrets/somebody/name")
                .endEnv()
                .addNewEnv()
                .withName("LAST_WORDS")
                .withValue("/dev/termination-log")
                .endEnv()
                .endContainer()
                .endSpec());

        await().until(() -> phase("bound").equals("Succeeded"));
        String token = container("bound").getState().getTerminated().getMessage();
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertTrue(claims.contains("\"aud\":[\"somebody\"]"), claims);
        assertTrue(
                claims.contains("\"pod\":{\"name\":\"bound\",\"uid\":\""
                        + get("bound").getMetadata().getUid() + "\"}"),
                claims);
    }

    @Test
    void removesWhatAPodKeptInAnEmptyDirectory(SharedTestbed testbed) {
        create(pod("keeps", "touch $PLACE/file; exec tail -f /dev/null")
                .editSpec()
                .addNewVolume()
                .withName("place")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .editContainer(0)
                .addNewVolumeMount()
                .withName("place")
                .withMountPath("/place")
                .endVolumeMount()
                .addNewEnv()
                .withName("PLACE")
                .withValue("/place")
                .endEnv()
                .endContainer()
                .endSpec());
        await().until(() -> get("keeps") != null && phase("keeps").equals("Running"));
        Path volumes = testbed.directory()
                .folder("pods")
                .resolve(".volumes")
                .resolve(get("keeps").getMetadata().getUid());

        await().until(() -> Files.exists(volumes.resolve("place/file")));
        client.pods().inNamespace(namespace).withName("keeps").delete();
        await().until(() -> !Files.exists(volumes));
    }

    @Test
    @SuppressWarnings("try") // The watch only has to be there.
    void sendsTheImagesSignalForAPreStopCommandAndThenWaits() {
        create(pod("leaves", "trap 'sleep 1; exit 0' PWR; touch $READY_FILE; while :; do sleep 0.1; done")
                .editMetadata()
                .addToAnnotations(ProcessKubelet.READY_ANNOTATION, "file")
                .endMetadata()
                .editSpec()
                .editContainer(0)
                .withImage(SparkImages.EXECUTOR)
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("/opt/decom.sh")
                .endExec()
                .endPreStop()
                .endLifecycle()
                .endContainer()
                .endSpec());
        await().until(() -> isReady("leaves"));
        List<Integer> codes = new CopyOnWriteArrayList<>();
        try (Watch watch =
                client.pods().inNamespace(namespace).withName("leaves").watch(new Ends(codes))) {
            client.pods().inNamespace(namespace).withName("leaves").delete();
            await().until(() -> get("leaves") == null && !codes.isEmpty());
        }
        assertEquals(List.of(0), codes);
    }

    /** Collects the exit codes that a pod shows. */
    private record Ends(List<Integer> codes) implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            var end =
                    pod.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
            if (end != null && !codes.contains(end.getExitCode())) {
                codes.add(end.getExitCode());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            codes.add(-1);
        }
    }

    @Test
    void saysWhatItDoesNotKnow() {
        create(new PodBuilder(pod("strange", "").build())
                .editSpec()
                .editContainer(0)
                .withImage("example/unknown")
                .withCommand(List.of())
                .withArgs(List.of())
                .endContainer()
                .endSpec());

        await().until(() -> get("strange").getStatus().getContainerStatuses().size() == 1);
        assertEquals(
                "image example/unknown is not known to the process kubelet, and the container has no command",
                container("strange").getState().getWaiting().getMessage());
        assertEquals("Pending", phase("strange"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private void create(PodBuilder pod) {
        client.resource(pod.build()).create();
    }

    private Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private String phase(String name) {
        return get(name).getStatus().getPhase();
    }

    private ContainerStatus container(String name) {
        await().until(() -> !get(name).getStatus().getContainerStatuses().isEmpty());
        return get(name).getStatus().getContainerStatuses().getFirst();
    }

    private boolean isReady(String name) {
        return get(name).getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private GenericKubernetesResource usage(String name) {
        return client.genericKubernetesResources("metrics.k8s.io/v1beta1", "PodMetrics")
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private PodBuilder pod(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToNodeSelector(NodeKind.LABEL, NodeKind.PROCESS.value())
                .addNewContainer()
                .withName("main")
                .withImage("example/shell")
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec();
    }
}
