package io.tidegate.testbed.registry;

import io.tidegate.testbed.gotool.GoTool;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A registry, empty at its start, that speaks plain HTTP; and the program that reads from it. */
public final class LocalRegistry implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Path program;
    private final int port;
    private final Path folder;
    private final ChildProcess process;

    private LocalRegistry(Path program, int port, Path folder, ChildProcess process) {
        this.program = program;
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Builds the registry if that was never done, starts it and waits until it takes connections.
     *
     * @param folder where images are kept
     */
    public static LocalRegistry start(Path folder, Progress progress) {
        Path program = GoTool.CRANE.locate(progress);
        int port = FreePorts.next();
        try {
            Path blobs = Files.createDirectories(folder.resolve("blobs"));
            List<String> command = List.of(
                    program.toString(),
                    "registry",
                    "serve",
                    "--address",
                    "127.0.0.1:" + port,
                    "--disk",
                    blobs.toString());
            LocalRegistry registry = new LocalRegistry(
                    program, port, folder, ChildProcess.start(ProcessSpec.disposable("registry", command, folder)));
            registry.awaitReady();
            return registry;
        } catch (IOException e) {
            throw new TestbedException("The registry's folder " + folder + " cannot be made.", e);
        }
    }

    private void awaitReady() {
        try {
            Waiting.until(
                    () -> {
                        process.requireAlive();
                        return takesConnections();
                    },
                    Duration.ofMillis(50),
                    READY_WITHIN,
                    "The registry took no connections; its log is " + process.log());
        } catch (TestbedException e) {
            close();
            throw e;
        }
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Its host and port, as they begin the names of images. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * Runs crane on it, such as {@code export IMAGE FILE}, and gives what that printed.
     *
     * @throws TestbedException with what it said, when it failed
     */
    public String crane(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        try {
            Path errors = Files.createTempFile(folder, "crane-", ".err");
            Process crane =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String output = new String(crane.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (crane.waitFor() != 0) {
                throw new TestbedException("crane " + arguments[0] + " failed: " + Files.readString(errors));
            }
            return output;
        } catch (IOException e) {
            throw new TestbedException("Cannot run crane: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while crane ran.", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
