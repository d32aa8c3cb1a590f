package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KubernetesScaleTest {

    @Test
    void testsTheSizeThatWasSeenAndReplacesIt() throws IOException {
        assertGolden("from-two", KubernetesScale.patch(2, 5, true));
    }

    @Test
    void testsZeroAsAFieldThatIsNotThere() throws IOException {
        assertGolden("from-zero", KubernetesScale.patch(0, 5, true));
    }

    @Test
    void testsZeroAsANumberWhereItIsSpelledOut() throws IOException {
        assertGolden("from-zero-spelled-out", KubernetesScale.patch(0, 5, false));
    }

    private static void assertGolden(String name, String patch) throws IOException {
        try (InputStream golden =
                KubernetesScaleTest.class.getResourceAsStream("/KubernetesScaleTest/" + name + ".json")) {
            JsonNode expected = Json.mapper().readTree(Objects.requireNonNull(golden));
            assertEquals(expected.toString(), patch);
        }
    }
}
