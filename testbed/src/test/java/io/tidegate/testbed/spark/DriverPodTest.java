package io.tidegate.testbed.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tidegate.testbed.spark.SparkAppSpec.PodToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverPodTest {
    private static final SparkAppSpec SPEC = new SparkAppSpec(
            "sales",
            "nightly",
            "Main",
            List.of("a=b"),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(Path.of("/app.jar")),
            List.of());

    @Test
    void isLabelledAsSparkLabelsIt() {
        Pod pod = build(SPEC.withLabel("pipeline", "nightly"));
        assertEquals(
                Map.of(
                        "spark-role", "driver",
                        "spark-app-selector", "spark-1",
                        "spark-app-name", "nightly",
                        "spark-version", "4.1.1",
                        "pipeline", "nightly"),
                pod.getMetadata().getLabels());
        assertEquals("Never", pod.getSpec().getRestartPolicy());
    }

    @Test
    void letsSettingsOfTheApplicationWin() {
        List<String> arguments = build(
                        SPEC.withConf("spark.executor.memory", "600m").withJar(Path.of("/plugin.jar")))
                .getSpec()
                .getContainers()
                .getFirst()
                .getArgs();
        assertTrue(arguments.contains("spark.executor.memory=600m"), arguments::toString);
        assertTrue(arguments.contains("spark.jars=local:///app.jar,local:///plugin.jar"), arguments::toString);
        assertTrue(arguments.contains("spark.kubernetes.driver.pod.name=nightly-1-driver"), arguments::toString);
        assertTrue(arguments.contains("spark.kubernetes.executor.podNamePrefix=nightly-1"), arguments::toString);
        assertEquals(
                List.of("--class", "Main", "local:///app.jar", "a=b"),
                arguments.subList(arguments.size() - 4, arguments.size()));
    }

    @Test
    void projectsTokensWhereTheyAreWanted() {
        Pod pod = build(SPEC.withToken(new PodToken("collector", "/var/run/secrets/x/token", Duration.ofMinutes(10))));
        ServiceAccountTokenProjection token = pod.getSpec()
                .getVolumes()
                .getLast()
                .getProjected()
                .getSources()
                .getFirst()
                .getServiceAccountToken();
        VolumeMount mount =
                pod.getSpec().getContainers().getFirst().getVolumeMounts().getLast();
        assertEquals(new ServiceAccountTokenProjection("collector", 600L, "token"), token);
        assertEquals("/var/run/secrets/x", mount.getMountPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", "/token", "folder/token", "/folder/"})
    void needsThePathOfATokenInAFolder(String path) {
        assertThrows(IllegalArgumentException.class, () -> new PodToken("collector", path, Duration.ofMinutes(10)));
    }

    private static Pod build(SparkAppSpec spec) {
        return new DriverPod(spec, "spark-1", "nightly-1-driver", "https://127.0.0.1:6443").build();
    }
}
