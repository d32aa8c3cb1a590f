package io.tidegate.testbed.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkJdkTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "21", "24.0.1"})
    void takesWhatJavaHomeNamesIfSparkRunsOnIt(String version) throws IOException {
        Path jdk = jdk("jdk", version);
        assertEquals(Optional.of(jdk), SparkJdk.find(Map.of("JAVA_HOME", jdk.toString())));
    }

    @Test
    void takesTheOneOnThePathWhenJavaHomeIsTooNew() throws IOException {
        Path tooNew = jdk("new", "25.0.1");
        Path right = jdk("right", "17.0.15");
        Path link = Files.createDirectories(folder.resolve("links")).resolve("java");
        Files.createSymbolicLink(link, right.resolve("bin/java"));

        assertEquals(
                Optional.of(right.toRealPath()),
                SparkJdk.find(Map.of("JAVA_HOME", tooNew.toString(), "PATH", "/nowhere:" + link.getParent())));
    }

    @Test
    void readsNoReleaseFromWhatIsNoJdk() throws IOException {
        assertEquals(0, SparkJdk.release(folder));
        Files.delete(jdk("broken", "21").resolve("bin/java"));
        assertEquals(0, SparkJdk.release(folder.resolve("broken")));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Path java = Files.createFile(jdk.resolve("bin/java"));
        if (!java.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + java + " executable");
        }
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }
}
