package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageLayoutTest {

    @Test
    void chartsOptionsReplaceThoseOfTheImage() throws IOException {
        String options = options(ServiceKind.AUTOSCALER);
        List<String> values = Files.readAllLines(TestbedHome.root().resolve("k8s/chart/values.yaml")).stream()
                .filter(line -> line.strip().startsWith("jvmOptions:"))
                .map(line -> line.replaceAll(".*\\[|].*|,", ""))
                .toList();
        assertEquals(List.of(options, options, options), values, "the chart's options are no longer the image's");
        for (String option : options.split(" ", -1)) {
            assertFalse(ImageLayout.entryPoint().contains(option), option + " could not be replaced");
        }
    }

    @Test
    void imagesRunWithAllOptionsThatServicesAreTestedWith() {
        String all = options(ServiceKind.POLICY_ENGINE) + " " + String.join(" ", ImageLayout.entryPoint());
        for (String option : ServiceProcess.JVM_OPTIONS) {
            assertTrue(List.of(all.split(" ", -1)).contains(option), option);
        }
    }

    @Test
    void onlyTheEngineHasAState() {
        assertEquals(
                "/var/lib/tidegate",
                ImageLayout.environment(ServiceKind.POLICY_ENGINE).get("TIDEGATE_STATE_DIR"));
        assertFalse(ImageLayout.environment(ServiceKind.AUTOSCALER).containsKey("TIDEGATE_STATE_DIR"));
    }

    @Test
    void librariesOfOthersChangeLessOftenThanOurs() {
        assertTrue(ImageBuild.isLibrary(Path.of("opt/tidegate/lib/main/org.apache.kafka.kafka-clients-4.1.1.jar")));
        assertFalse(ImageBuild.isLibrary(Path.of("opt/tidegate/lib/main/io.tidegate.contracts-0.1.0-SNAPSHOT.jar")));
        assertFalse(ImageBuild.isLibrary(Path.of("opt/tidegate/app/autoscaler.jar")));
    }

    private static String options(ServiceKind kind) {
        return ImageLayout.environment(kind).getOrDefault("JDK_JAVA_OPTIONS", "");
    }
}
