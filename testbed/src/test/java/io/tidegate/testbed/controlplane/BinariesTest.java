package io.tidegate.testbed.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    private static final Set<Component> TWO = EnumSet.of(Component.ETCD, Component.KWOK);

    /** Stands for Go: makes the file after -o, and counts its calls. */
    private static final String GO = """
            #!/bin/sh
            test -f go.mod || exit 9
            echo call >> "$(dirname "$0")/calls"
            while [ "$1" != -o ]; do shift; done
            printf '#!/bin/sh\\n' > "$2"
            chmod +x "$2"
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesAssetsFirstThenTheCache() throws IOException {
        Path etcd = program("assets/etcd", "");
        Path cached = program("cache/" + GoModules.fingerprint() + "/kwok", "");
        program("cache/" + GoModules.fingerprint() + "/etcd", "");

        Map<Component, Path> found = binaries(
                        Map.of("KUBEBUILDER_ASSETS", folder.resolve("assets").toString()))
                .locate(TWO);

        assertEquals(Map.of(Component.ETCD, etcd, Component.KWOK, cached), found);
    }

    @Test
    void saysInOneSentenceWhatToInstallWhenThereIsNothing() {
        TestbedException failure = assertThrows(
                TestbedException.class, () -> binaries(Map.of("PATH", "")).locate(TWO));

        assertEquals(
                "There is no Kubernetes control plane to run on (missing: etcd, kwok): install Go 1.21 or later, with"
                        + " which it is built once, or set KUBEBUILDER_ASSETS to a folder that holds these programs, or"
                        + " set TIDEGATE_KUBECONFIG to the kubeconfig file of a cluster.",
                failure.getMessage());
    }

    @Test
    void buildsOnceWhatIsMissing() throws IOException {
        Map<String, String> environment = goOnPath(GO);
        Path left = Files.createDirectories(cache().resolve("building-left-by-a-killed-run"));

        List<CompletableFuture<Map<Component, Path>>> both = List.of(
                CompletableFuture.supplyAsync(() -> binaries(environment).locate(TWO)),
                CompletableFuture.supplyAsync(() -> binaries(environment).locate(TWO)));

        for (CompletableFuture<Map<Component, Path>> found : both) {
            assertEquals(
                    Map.of(Component.ETCD, cache().resolve("etcd"), Component.KWOK, cache().resolve("kwok")),
                    found.join());
        }
        assertEquals(List.of("call", "call"), Files.readAllLines(folder.resolve("bin/calls")));
        assertTrue(Files.notExists(left));
        assertEquals(List.of("etcd", "kwok", "lock"), names(cache()));
    }

    @Test
    void keepsWhatWasBuiltBeforeAFailureAndNothingHalf() throws IOException {
        String failing = GO + "\ncase $0-$2 in *kwok*) echo no space left >&2; exit 1;; esac\n";
        Map<String, String> environment = goOnPath(failing);

        TestbedException failure =
                assertThrows(TestbedException.class, () -> binaries(environment).locate(TWO));

        assertEquals("Go could not build kwok:\nno space left", failure.getMessage());
        assertEquals(
                List.of("etcd", "lock"),
                names(cache()).stream()
                        .filter(name -> !name.startsWith("building-"))
                        .toList());
    }

    private Binaries binaries(Map<String, String> environment) {
        return new Binaries(environment, folder.resolve("cache"), Progress.silent());
    }

    private Path cache() {
        return folder.resolve("cache").resolve(GoModules.fingerprint());
    }

    private Map<String, String> goOnPath(String script) throws IOException {
        program("bin/go", script);
        // The script needs the system's own tools, and finds them by the real PATH: only the look-up of Go uses this.
        return Map.of("PATH", folder.resolve("bin").toString());
    }

    private Path program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names.stream().sorted().toList();
    }
}
