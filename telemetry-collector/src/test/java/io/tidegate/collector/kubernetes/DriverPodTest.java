package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverPodTest {

    private static final RunAnnotations NOTHING = new RunAnnotations(null, "");

    @Test
    void keepsOfADriverWhatIsReadAndOfOthersNoAnnotation() {
        GenericKubernetesResource driver = pod("driver");
        DriverPod before = DriverPod.of(driver);
        DriverPod.trim(driver);
        PodDetail.trim(driver);
        assertEquals(
                new DriverPod(Instant.parse("2026-11-29T11:00:00Z"), "10.0.0.1", 4041, "{}", NOTHING),
                DriverPod.of(driver));
        assertEquals(before, DriverPod.of(driver));
        assertEquals(
                Map.of("tidegate.io/executors-state", "{}"),
                driver.getMetadata().getAnnotations());
        GenericKubernetesResource executor = pod("executor");
        DriverPod.trim(executor);
        assertEquals(null, executor.getMetadata().getAnnotations());
    }

    private static GenericKubernetesResource pod(String role) {
        return ApiObjects.of("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  namespace: sales
                  creationTimestamp: "2026-11-29T11:00:00Z"
                  labels: {spark-role: %s}
                  annotations: {tidegate.io/executors-state: "{}", kubectl.kubernetes.io/last-applied-configuration: "{}"}
                spec: {containers: [{name: c, image: i, ports: [{name: spark-ui, containerPort: 4041}]}]}
                status: {podIP: 10.0.0.1}
                """.formatted(role));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{containers: 7}",
                "{containers: [7]}",
                "{containers: [{ports: {a: 1}}]}",
                "{containers: [{ports: [7]}]}",
                "{containers: [{ports: [{name: spark-ui}]}]}",
                "{containers: [{ports: [{name: spark-ui, containerPort: x}]}]}",
                "{containers: [{ports: [{name: spark-ui, containerPort: 0}]}]}",
                "{containers: [{ports: [{name: spark-ui, containerPort: 443}]}]}",
                "{containers: [{ports: [{name: spark-ui, containerPort: 65536}]}]}",
                "{containers: [{ports: [{name: other, containerPort: 8080}]}]}"
            })
    void takesTheUsualPortWhereNoneIsNamed(String spec) {
        GenericKubernetesResource pod =
                ApiObjects.of("metadata: {creationTimestamp: never}\nspec: " + spec + "\nstatus: {podIP: [1]}");
        assertEquals(new DriverPod(Instant.EPOCH, null, 4040, null, NOTHING), DriverPod.of(pod));
    }
}
