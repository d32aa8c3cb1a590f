package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.fact.Reading.ContainerReading;
import io.tidegate.contracts.fact.Reading.PodReading;
import io.tidegate.contracts.fact.Reading.PodReading.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodDetailTest {

    private static final Instant STARTED = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant READY = Instant.parse("2026-11-20T10:00:20Z");
    private static final String POD = """
            metadata: {name: a, deletionTimestamp: "2026-11-20T11:00:00Z"}
            spec:
              nodeName: n
              resources: {requests: {cpu: "2", memory: 1Gi}}
              initContainers:
                - {name: once, resources: {requests: {cpu: "8"}}}
                - {name: mesh, restartPolicy: Always, image: i, resources: {requests: {cpu: 100m}}}
              containers:
                - {name: app, image: i, resources: {requests: {cpu: 0.2501, memory: 128Mi}, limits: {cpu: "1"}}}
                - {name: idle}
            status:
              phase: Running
              startTime: "2026-11-20T10:00:00Z"
              conditions:
                - {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-20T09:00:00Z"}
                - {type: Ready, status: "False", lastTransitionTime: "2026-11-20T10:00:20Z"}
            """;

    @Test
    void readsWhatAResourceSignalNeeds() {
        assertEquals(
                new PodDetail(
                        Phase.Running,
                        true,
                        false,
                        READY,
                        STARTED,
                        new PodDetail.Requests(2_000L, 1L << 30),
                        List.of(
                                new PodDetail.Container("mesh", new PodDetail.Requests(100L, null)),
                                new PodDetail.Container("app", new PodDetail.Requests(251L, 128L << 20)),
                                new PodDetail.Container("idle", PodDetail.Requests.NONE))),
                PodDetail.of(ApiObjects.of(POD)));
    }

    @Test
    void readsTheSameOfATrimmedPod() {
        GenericKubernetesResource pod = ApiObjects.of(POD);
        PodDetail.trim(pod);
        assertEquals(PodDetail.of(ApiObjects.of(POD)), PodDetail.of(pod));
        assertEquals(
                "{resources={requests={cpu=2, memory=1Gi}}, initContainers=[{name=once, resources={requests={cpu=8}}}, "
                        + "{name=mesh, restartPolicy=Always, resources={requests={cpu=100m}}}], containers=[{name=app, "
                        + "resources={requests={cpu=0.2501, memory=128Mi}, limits={cpu=1}}}, {name=idle}]}",
                String.valueOf(pod.getAdditionalProperties().get("spec")));
    }

    @Test
    void isJoinedWithItsUsageAndMissesWhatIsNotMeasured() {
        PodUsage usage = new PodUsage(
                READY,
                Duration.ofSeconds(15),
                Map.of("app", new PodUsage.Amounts(7L, null), "debug", new PodUsage.Amounts(1L, 1L)));
        PodReading reading = PodDetail.of(ApiObjects.of(POD)).reading("a", usage);
        assertEquals(
                new PodReading(
                        "a",
                        Phase.Running,
                        true,
                        false,
                        READY,
                        STARTED,
                        READY,
                        15_000L,
                        2_000L,
                        1L << 30,
                        List.of(
                                new ContainerReading("mesh", 100L, null, null, null),
                                new ContainerReading("app", 251L, 128L << 20, 7L, null),
                                new ContainerReading("idle", null, null, null, null))),
                reading);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: {name: a}",
                "{metadata: {name: a}, spec: 5, status: text}",
                "{metadata: {name: a}, spec: {containers: text, resources: 5}, status: {phase: 5, conditions: 7}}",
                "{metadata: {name: a}, status: {phase: Later, startTime: soon, conditions: [5, {type: Ready, status: 7}]}}",
                "{metadata: {name: a}, spec: {initContainers: [null, 5]}, status: {conditions: [{type: Ready}]}}"
            })
    void takesNothingFromAPodThatSaysNothing(String pod) {
        assertEquals(
                new PodDetail(Phase.Unknown, false, null, null, null, PodDetail.Requests.NONE, List.of()),
                PodDetail.of(ApiObjects.of(pod)));
    }

    @Test
    void doesNotKnowWhetherAPodIsReadyWhoseConditionIsUnknown() {
        String pod = POD.replace("status: \"False\"", "status: Unknown");
        assertNull(PodDetail.of(ApiObjects.of(pod)).ready());
    }

    @Test
    void takesARequestThatIsNoQuantityForNone() {
        PodDetail detail = PodDetail.of(
                ApiObjects.of(
                        "{metadata: {name: a}, spec: {containers: [{name: app, resources: {requests: {cpu: much, memory: -1}}}]}}"));
        assertEquals(List.of(new PodDetail.Container("app", PodDetail.Requests.NONE)), detail.containers());
    }
}
