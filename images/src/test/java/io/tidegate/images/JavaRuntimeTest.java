package io.tidegate.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {

    @TempDir
    private Path home = Path.of("");

    @Test
    void olderJdksAreRefusedInOneSentence() {
        TestbedException failure = assertThrows(TestbedException.class, () -> JavaRuntime.require(21, Path.of("/jdk")));
        assertEquals(
                "The images hold a Java runtime of JDK 25 or later, but /jdk is a JDK 21: set JAVA_HOME to the folder of a"
                        + " JDK 25.",
                failure.getMessage());
    }

    @Test
    void runtimesWithoutJlinkAreRefused() {
        TestbedException failure = assertThrows(TestbedException.class, () -> JavaRuntime.require(25, home));
        assertTrue(String.valueOf(failure.getMessage()).contains("has no jlink"), failure.getMessage());
    }
}
