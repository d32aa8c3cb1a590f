package io.tidegate.testbed.gotool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoToolTest {
    /** Stands for Go: makes the file after -o, and counts its calls. */
    private static final String GO = """
            #!/bin/sh
            test -f go.mod && test -f go.sum || exit 9
            echo call >> "$(dirname "$0")/calls"
            while [ "$1" != -o ]; do shift; done
            printf '#!/bin/sh\\n' > "$2"
            chmod +x "$2"
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void buildsOnceAndFindsItAgain() throws IOException {
        Map<String, String> environment = goOnPath(GO);

        Path built = GoTool.HELM.locate(environment, folder.resolve("cache"), Progress.silent());

        assertTrue(Files.isExecutable(built));
        assertEquals("helm", built.getFileName().toString());
        assertEquals(built, GoTool.HELM.locate(Map.of(), folder.resolve("cache"), Progress.silent()));
        assertEquals(List.of("call"), Files.readAllLines(folder.resolve("bin/calls")));
        try (var left = Files.list(built.getParent())) {
            assertEquals(
                    List.of("helm", "lock"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void saysInOneSentenceWhatToInstall() {
        TestbedException failure = assertThrows(
                TestbedException.class,
                () -> GoTool.HELM.locate(Map.of("PATH", ""), folder.resolve("cache"), Progress.silent()));

        assertEquals(
                "There is no helm to run these tests with: install Go 1.26 or later, with which it is built once.",
                failure.getMessage());
    }

    private Map<String, String> goOnPath(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path file = bin.resolve("go");
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("PATH", bin.toString());
    }
}
