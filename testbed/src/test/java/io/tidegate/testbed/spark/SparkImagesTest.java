package io.tidegate.testbed.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.kubelet.EntryPoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SparkImagesTest {
    private static final Map<String, EntryPoint> IMAGES =
            SparkImages.all(() -> new SparkRuntime(Path.of("/jdk/bin/java"), "a.jar:b.jar", Optional.empty()));
    private static final EntryPoint DRIVER = Objects.requireNonNull(IMAGES.get(SparkImages.DRIVER));
    private static final EntryPoint EXECUTOR = Objects.requireNonNull(IMAGES.get(SparkImages.EXECUTOR));

    @Test
    void startsAnExecutorAsSparksImageDoes() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SPARK_DRIVER_URL", "spark://driver",
                "SPARK_EXECUTOR_ID", "7",
                "SPARK_EXECUTOR_CORES", "1",
                "SPARK_EXECUTOR_MEMORY", "600m",
                "SPARK_APPLICATION_ID", "spark-1",
                "SPARK_EXECUTOR_POD_IP", "127.77.0.9",
                "SPARK_RESOURCE_PROFILE_ID", "0",
                "SPARK_EXECUTOR_POD_NAME", "app-exec-7",
                "SPARK_CLASSPATH", "plugin.jar"));
        for (int i = 0; i < 11; i++) {
            environment.put("SPARK_JAVA_OPT_" + i, "-Dn=" + i);
        }

        List<String> command = EXECUTOR.command(List.of("executor"), environment);

        assertEquals("/jdk/bin/java", command.getFirst());
        int first = command.indexOf("-Dn=0");
        assertEquals(
                List.of("-Dn=9", "-Dn=10", "-Xmx600m", "-cp", "plugin.jar:a.jar:b.jar"),
                command.subList(first + 9, first + 14));
        assertEquals("127.77.0.9", command.get(command.indexOf("--hostname") + 1));
        assertEquals("app-exec-7", command.get(command.indexOf("--podName") + 1));
        assertEquals(Optional.of("PWR"), EXECUTOR.preStopSignal());
    }

    @Test
    void startsADriverAsSparkSubmitInClientMode() {
        List<String> command = DRIVER.command(
                List.of(
                        "driver",
                        "--conf",
                        "spark.driver.memory=700m",
                        "--conf",
                        "spark.driver.extraJavaOptions=-Da=b  -Dc=d",
                        "--class",
                        "Main",
                        "local:///app.jar",
                        "x=y"),
                Map.of("SPARK_DRIVER_BIND_ADDRESS", "127.77.0.3"));

        assertTrue(command.containsAll(List.of("-Xmx700m", "-Da=b", "-Dc=d")), command::toString);
        int main = command.indexOf("org.apache.spark.deploy.SparkSubmit");
        assertEquals(List.of("-cp", "a.jar:b.jar"), command.subList(main - 2, main));
        assertEquals(
                List.of("--conf", "spark.driver.bindAddress=127.77.0.3", "--deploy-mode", "client", "--conf"),
                command.subList(main + 1, main + 6));
        assertEquals("x=y", command.getLast());
    }
}
