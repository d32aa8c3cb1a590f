package io.tidegate.it.deploy;

import io.tidegate.testbed.controlplane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs kubectl as the administrator of the testbed's cluster. */
public final class Kubectl {

    private final ControlPlane plane;
    private final Path folder;

    /** What it printed, errors included, and how it ended. */
    public record Result(int code, String output) {}

    /** @param folder where it may keep files */
    public Kubectl(ControlPlane plane, Path folder) {
        this.plane = plane;
        this.folder = folder;
    }

    /** Has the API server check manifests, as strictly as it can, without keeping them. */
    public Result dryRun(String manifests) {
        return apply(manifests, "--dry-run=server");
    }

    /** Applies manifests. */
    public Result apply(String manifests, String... more) {
        try {
            Path file = Files.createTempFile(folder, "manifests-", ".yaml");
            Files.writeString(file, manifests);
            List<String> arguments = new ArrayList<>(
                    List.of("apply", "--server-side", "--force-conflicts", "--validate=strict", "-f", file.toString()));
            arguments.addAll(Arrays.asList(more));
            return run(arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                plane.kubectl().toString(),
                "--kubeconfig",
                plane.kubeconfig().toString(),
                "--cache-dir",
                folder.resolve("kubectl-cache").toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl ran", e);
        }
    }
}
