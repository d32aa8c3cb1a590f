package io.tidegate.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this JVM: by {@link #stop}, by the shutdown hook, and on Linux by the kernel when the JVM
 * itself is killed.
 */
public final class ChildProcess implements AutoCloseable {
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "XDG_CACHE_HOME");

    /*
     * The kernel ties "signal me when my parent dies" to the parent thread, not the parent process. So one thread that
     * lives as long as the JVM starts all children.
     */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("testbed-spawner").unstarted(task));

    private final ProcessSpec spec;
    private final Process process;

    private ChildProcess(ProcessSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /** Starts the process; fails when the program cannot be started at all. */
    public static ChildProcess start(ProcessSpec spec) {
        try {
            ChildProcess child = SPAWNER.submit(() -> spawn(spec)).get();
            ShutdownHook.register(child);
            return child;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while starting " + spec.name(), e);
        } catch (ExecutionException e) {
            String program = spec.command().getFirst();
            throw new TestbedException("Cannot start " + spec.name() + " (" + program + "): " + e.getMessage(), e);
        }
    }

    private static ChildProcess spawn(ProcessSpec spec) throws IOException {
        Path parent = spec.log().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        List<String> command = new ArrayList<>(DeathSignal.prefix());
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(spec.environment());
        return new ChildProcess(spec, builder.start());
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return spec.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, 128 plus the signal's number for a process ended by a signal; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Completes with the exit code when the process has ended. */
    public CompletableFuture<Integer> exited() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** CPU time and memory that it uses; empty when it has ended or the system does not say. */
    public Optional<ProcessUsage> usage() {
        return ProcessUsage.of(process.pid());
    }

    /** Sends SIGTERM and returns at once. What it started itself and leaves behind is killed when it has ended. */
    public void terminate() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        if (!descendants.isEmpty()) {
            var unused = process.onExit().thenRun(() -> descendants.forEach(ProcessHandle::destroyForcibly));
        }
    }

    /**
     * Sends a signal, such as {@code PWR}, to this process alone and returns when it is sent; does nothing when the
     * process has ended.
     */
    public void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // The shell's own kill, since not every system has the program.
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new TestbedException("The signal " + signal + " cannot be sent to " + spec.name() + ".");
            }
        } catch (IOException e) {
            throw new TestbedException("The signal " + signal + " cannot be sent to " + spec.name() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends SIGKILL to it and what it started itself, and returns at once. */
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGTERM, then SIGKILL after the grace; returns when the process has ended. */
    public int stop(Duration grace) {
        boolean ended = false;
        if (grace.isPositive()) {
            terminate();
            ended = waitFor(grace);
        }
        if (!ended) {
            kill();
            waitFor(Duration.ofSeconds(10));
        }
        ShutdownHook.forget(this);
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Waits at most this long for the end; true when the process has ended. */
    public boolean waitFor(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** The last lines of its log, for an error message. */
    public String lastLines(int count) {
        try {
            List<String> lines = Files.readAllLines(spec.log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Fails with the end of the log when the process has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new TestbedException("%s ended with exit code %d. Its last lines:%n%s"
                    .formatted(spec.name(), process.exitValue(), lastLines(15)));
        }
    }

    Duration grace() {
        return spec.grace();
    }

    @Override
    public void close() {
        stop(spec.grace());
    }
}
