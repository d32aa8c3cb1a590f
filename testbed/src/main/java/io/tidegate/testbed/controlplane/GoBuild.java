package io.tidegate.testbed.controlplane;

import io.tidegate.testbed.gotool.GoToolchain;
import io.tidegate.testbed.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Builds binaries of the control plane with the Go toolchain of this machine. */
final class GoBuild {
    private final GoToolchain go;
    private final Path target;
    private final Progress progress;

    GoBuild(GoToolchain go, Path target, Progress progress) {
        this.go = go;
        this.target = target;
        this.progress = progress;
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
        go.build(
                new GoToolchain.Program(component.binary(), component.goPackage(), GoModules.linkerFlags(component)),
                folder,
                output,
                () -> progress.line(which + ", " + seconds(start) + " s since the start"));
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
