package io.tidegate.autoscaler.testing;

import io.tidegate.testbed.controlplane.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The kubectl program, as people use it. */
public final class Kubectl {

    private final ControlPlane controlPlane;
    private final String namespace;

    public Kubectl(ControlPlane controlPlane, String namespace) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
    }

    /** Runs a command; what it prints, errors included. */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                controlPlane.kubectl().toString(),
                "--kubeconfig",
                controlPlane.kubeconfig().toString(),
                "--namespace",
                namespace));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
