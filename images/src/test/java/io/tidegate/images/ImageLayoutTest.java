package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageLayoutTest {

    @ParameterizedTest
    @EnumSource
    void chartsOptionsReplaceThoseOfTheImage(ServiceKind kind) throws IOException {
        JsonNode values = new YAMLMapper()
                .readTree(TestbedHome.root().resolve("k8s/chart/values.yaml").toFile())
                .path(part(kind))
                .path("jvmOptions");
        List<String> chart = new ArrayList<>();
        values.forEach(option -> chart.add(option.asText()));
        assertEquals(chart, options(kind), "the image's options are no longer the chart's");
        for (String option : options(kind)) {
            assertFalse(ImageLayout.entryPoint(kind).contains(option), option + " could not be replaced");
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesRunWithAllOptionsThatServicesAreTestedWith(ServiceKind kind) {
        List<String> all = new ArrayList<>(options(kind));
        all.addAll(ImageLayout.entryPoint(kind));
        assertTrue(all.containsAll(ServiceProcess.jvmOptions(kind)), all.toString());
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

    private static List<String> options(ServiceKind kind) {
        return List.of(ImageLayout.environment(kind)
                .getOrDefault("JDK_JAVA_OPTIONS", "")
                .split(" ", -1));
    }

    /** The chart's section of a service. */
    private static String part(ServiceKind kind) {
        return switch (kind) {
            case TELEMETRY_COLLECTOR -> "collector";
            case POLICY_ENGINE -> "engine";
            case AUTOSCALER -> "autoscaler";
        };
    }
}
