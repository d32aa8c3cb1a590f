package io.tidegate.testbed.controlplane;

import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds binaries of the control plane with the Go toolchain of this machine. */
final class GoBuild {
    private static final Duration LIMIT_PER_BINARY = Duration.ofMinutes(60);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Path go;
    private final Path target;
    private final Progress progress;

    GoBuild(Path go, Path target, Progress progress) {
        this.go = go;
        this.target = target;
        this.progress = progress;
    }

    /** The go program on the PATH, or in GOROOT. */
    static Optional<Path> find(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String entry : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!entry.isBlank()) {
                folders.add(Path.of(entry));
            }
        }
        String goRoot = environment.get("GOROOT");
        if (goRoot != null && !goRoot.isBlank()) {
            folders.add(Path.of(goRoot, "bin"));
        }
        return folders.stream()
                .map(folder -> folder.resolve("go"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Builds one after the other; each lands in the target folder whole or not at all. */
    void build(List<Component> components) {
        progress.line("building the Kubernetes control plane (" + GoModules.kubernetesVersion()
                + ") from source, once; this takes 8 minutes or so");
        long start = System.nanoTime();
        try {
            Path work = Files.createTempDirectory(target, "building-");
            for (int i = 0; i < components.size(); i++) {
                Component component = components.get(i);
                String which = "building %s (%d of %d)".formatted(component.binary(), i + 1, components.size());
                Path built = compile(component, work, which, start);
                Files.move(built, target.resolve(component.binary()), StandardCopyOption.ATOMIC_MOVE);
            }
            deleteBuildFolder(work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.line("the control plane is built, " + seconds(start) + " s; it is kept in " + target);
    }

    private Path compile(Component component, Path work, String which, long start) {
        Path folder = work.resolve("modules").resolve(component.module());
        GoModules.write(component.module(), folder);
        Path output = work.resolve(component.binary());
        List<String> command = List.of(
                go.toString(),
                "build",
                "-trimpath",
                "-ldflags",
                GoModules.linkerFlags(component),
                "-o",
                output.toString(),
                component.goPackage());
        // Go takes its proxies, caches and toolchain from the user's variables.
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CGO_ENABLED", "0");
        environment.remove("GOFLAGS");
        environment.put("GOWORK", "off");
        ProcessSpec spec = ProcessSpec.disposable("go-build-" + component.binary(), command, folder)
                .withEnvironment(environment);
        long deadline = System.nanoTime() + LIMIT_PER_BINARY.toNanos();
        try (ChildProcess process = ChildProcess.start(spec)) {
            do {
                progress.line(which + ", " + seconds(start) + " s since the start");
            } while (!process.waitFor(BETWEEN_LINES) && System.nanoTime() < deadline);
            if (process.exitCode().orElse(-1) != 0) {
                throw new TestbedException("Go could not build " + component.binary() + ":\n" + process.lastLines(20));
            }
        }
        return output;
    }

    static void deleteBuildFolder(Path work) throws IOException {
        try (var files = Files.walk(work)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static long seconds(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
    }
}
