package io.tidegate.contracts.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {

    private static final String LONGEST = "n".repeat(253);

    @Test
    void readsBackAWorkloadThatItWrote() {
        WorkloadId id = new WorkloadId("eu-1", "sales", "Deployment.apps", LONGEST);

        assertEquals("eu-1/sales/Deployment.apps/" + LONGEST, id.toString());
        assertEquals(id, WorkloadId.parse(id.toString()));
    }

    @Test
    void hashesNamesThatCountUpApart() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            hashes.add(new WorkloadId("eu", "team-" + i % 120, "Deployment", "consumer-" + i).hashCode());
        }
        assertTrue(hashes.size() > 9_990, hashes.size() + " hashes of 10,000 ids");
    }

    @Test
    void readsBackAPolicyThatItWrote() {
        PolicyId id = new PolicyId("eu-1", "sales", "orders");

        assertEquals("eu-1/sales/ScalingPolicy/orders", id.toString());
        assertEquals(id, PolicyId.parse(id.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "///",
                "////",
                "a",
                "a/b/c",
                "a/b/c/d/e",
                "a//c/d",
                "/b/c/d",
                "a/b/c/",
                "a /b/c/d",
                "a/b/c/d\n",
                "a/b/c/\u0000",
                "a/b/c/\u007f",
                "a/b/c/é",
                "a/b/c/\ud800",
                "a/b/c/\u2028"
            })
    void refusesWhatIsNoId(String id) {
        assertThrows(IllegalArgumentException.class, () -> WorkloadId.parse(id));
        assertThrows(IllegalArgumentException.class, () -> PolicyId.parse(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", " ", "\t", "ü"})
    void takesNoSegmentThatWouldMakeAnotherId(String segment) {
        assertThrows(IllegalArgumentException.class, () -> new WorkloadId(segment, "b", "c", "d"));
        assertThrows(IllegalArgumentException.class, () -> new WorkloadId("a", segment, "c", "d"));
        assertThrows(IllegalArgumentException.class, () -> new WorkloadId("a", "b", segment, "d"));
        assertThrows(IllegalArgumentException.class, () -> new WorkloadId("a", "b", "c", segment));
        assertThrows(IllegalArgumentException.class, () -> new PolicyId(segment, "b", "d"));
        assertThrows(IllegalArgumentException.class, () -> new PolicyId("a", segment, "d"));
        assertThrows(IllegalArgumentException.class, () -> new PolicyId("a", "b", segment));
    }

    @Test
    void repeatsOfALongIdOnlyItsBeginning() {
        String id = "x".repeat(100_000);

        IllegalArgumentException noSegments = assertThrows(IllegalArgumentException.class, () -> WorkloadId.parse(id));
        IllegalArgumentException longName =
                assertThrows(IllegalArgumentException.class, () -> WorkloadId.parse("a/b/c/" + id));
        IllegalArgumentException noPolicy =
                assertThrows(IllegalArgumentException.class, () -> PolicyId.parse("a/b/c/" + id));

        for (IllegalArgumentException refused : new IllegalArgumentException[] {noSegments, longName, noPolicy}) {
            assertTrue(String.valueOf(refused.getMessage()).length() < 200, refused.getMessage());
        }
    }

    @Test
    void isNoPolicyWhenItsThirdSegmentIsAnother() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PolicyId.parse("eu/sales/Deployment/orders"));

        assertEquals(
                "the third segment of a policy id must be ScalingPolicy: 'eu/sales/Deployment/orders'",
                refused.getMessage());
    }
}
