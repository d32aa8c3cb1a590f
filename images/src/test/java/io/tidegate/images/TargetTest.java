package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.services.ServiceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @Test
    void namesAreThoseThatTheChartMakesOfItsRegistryAndVersion() {
        assertEquals(
                "registry.example.com/team/tidegate/autoscaler:0.1.0",
                Target.of("registry.example.com/team", null).name(ServiceKind.AUTOSCALER));
        assertEquals("tidegate/policy-engine:next", Target.of(null, "next").name(ServiceKind.POLICY_ENGINE));
    }

    @ParameterizedTest
    @CsvSource({
        "team,,is no registry",
        "https://registry.example.com,,is no registry",
        "registry.example.com/,,is no registry",
        "registry.example.com/Team,,is no name of an image",
        "registry.example.com,a tag,is no tag"
    })
    void whatCanBeNoNameIsRefused(String registry, @Nullable String tag, String words) {
        assertSaid(words, () -> Target.of(registry, tag));
    }

    @Test
    void plainHttpIsForLoopback() {
        Target near = Target.of("127.0.0.1:5000/site", "t");
        assertDoesNotThrow(() -> near.check(true, null));
        assertDoesNotThrow(() -> Target.of("localhost:5000", "t").check(true, "localhost:5000/base"));

        assertSaid(
                "10.1.2.3 must be reached by HTTPS",
                () -> Target.of("10.1.2.3:5000", "t").check(true, null));
        assertSaid("10.1.2.3 must be reached by HTTPS", () -> near.check(true, "10.1.2.3:5000/base"));
        assertSaid("--insecure goes with --push", () -> Target.of(null, "t").check(true, null));
    }

    @Test
    void basesThatAreNoneAreRefusedBeforeAnythingIsBuilt() {
        Target target = Target.of(null, "t");
        assertDoesNotThrow(() -> target.check(false, "debian:stable-slim"));
        assertSaid("'Debian' is no image", () -> target.check(false, "Debian"));
        assertSaid("There is no file /nonexistent.tar", () -> target.check(false, "tar:///nonexistent.tar"));
    }

    private static void assertSaid(String words, Runnable refused) {
        IllegalArgumentException said = assertThrows(IllegalArgumentException.class, refused::run);
        assertTrue(String.valueOf(said.getMessage()).contains(words), said.getMessage());
    }
}
