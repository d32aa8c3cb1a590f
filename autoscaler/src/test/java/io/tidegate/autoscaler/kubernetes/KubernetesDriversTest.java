package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.autoscaler.act.DriverApi.Answer;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KubernetesDriversTest {

    private static final DriverPath DRIVER = new DriverPath("sales", "nightly-driver", "0b6f3f2e-uid");
    private static final DesiredExecutors DESIRED = new DesiredExecutors(17, "3f2a9c01-17", 2, 10, true);

    @Test
    void testsTheUidAndThatThereAreNoAnnotations() throws IOException {
        assertGolden("no-annotations", new Answer.Present(null, false));
    }

    @Test
    void testsTheUidAndThatThereIsNoSuchAnnotation() throws IOException {
        assertGolden("no-annotation", new Answer.Present(null, true));
    }

    @Test
    void testsTheUidAndTheAnnotationAsItWasRead() throws IOException {
        assertGolden("annotation", new Answer.Present("{\"version\":1,\"sequence\":16}", true));
    }

    private static void assertGolden(String name, Answer.Present expected) throws IOException {
        try (InputStream golden =
                KubernetesDriversTest.class.getResourceAsStream("/KubernetesDriversTest/" + name + ".json")) {
            JsonNode patch = Json.mapper().readTree(Objects.requireNonNull(golden, name));
            assertEquals(patch.toString(), KubernetesDrivers.patch(DRIVER, expected, DESIRED));
        }
    }
}
