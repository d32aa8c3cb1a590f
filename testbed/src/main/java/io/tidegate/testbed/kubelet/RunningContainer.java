package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of a container and what watches its readiness; closed when the process has ended. */
final class RunningContainer implements AutoCloseable {
    /** Pods with this annotation, value {@code file}, say that they are ready by making the file $READY_FILE. */
    static final String READY_ANNOTATION = "testbed.tidegate.io/ready";

    /** The file in the container's folder that stands for its {@code terminationMessagePath}. */
    static final String TERMINATION_LOG = "termination-log";

    /** As Kubernetes. */
    private static final int LONGEST_MESSAGE = 4096;

    private static final Duration GRACE_AT_EXIT = Duration.ofSeconds(3);

    private final PodContext context;
    private final ChildProcess process;
    private final Path folder;
    private final Optional<String> preStopSignal;
    private final boolean readyAtOnce;
    private @Nullable WatchKey readyFile;
    private @Nullable Future<?> probing;

    private RunningContainer(
            PodContext context,
            ChildProcess process,
            Path folder,
            Optional<String> preStopSignal,
            boolean readyAtOnce) {
        this.context = context;
        this.process = process;
        this.folder = folder;
        this.preStopSignal = preStopSignal;
        this.readyAtOnce = readyAtOnce;
    }

    static RunningContainer start(PodWorker worker, Pod pod, Container container)
            throws ContainerLaunch.UnsupportedException, PodVolumes.NotYetException {
        PodContext context = worker.context();
        if (!pod.getSpec().getInitContainers().isEmpty()) {
            throw new ContainerLaunch.UnsupportedException("init containers are not supported");
        }
        Path folder = folder(context.options().folder(), pod, container);
        Optional<String> preStopSignal = preStopSignal(context, container);
        Mounts mounts = worker.volumes().mounts(pod, container, folder);
        Map<String, String> variables = new HashMap<>(context.variables());
        variables.putAll(PodVolumes.apiAccess(mounts));
        ContainerSite site = new ContainerSite(worker.ip(), folder, mounts, variables);
        ContainerLaunch launch =
                ContainerLaunch.of(pod, container, site, context.options().images());
        ProcessSpec spec = new ProcessSpec(
                container.getName(),
                launch.command(),
                launch.environment(),
                folder,
                folder.resolve("output.log"),
                GRACE_AT_EXIT);
        ChildProcess process;
        try {
            process = ChildProcess.start(spec);
        } catch (TestbedException e) {
            throw new ContainerLaunch.UnsupportedException(String.valueOf(e.getMessage()));
        }
        boolean byFile = "file".equals(annotation(pod));
        Probe probe = container.getReadinessProbe();
        RunningContainer running =
                new RunningContainer(context, process, folder, preStopSignal, !byFile && probe == null);
        if (byFile) {
            running.watchReadyFile(worker, container.getName(), folder);
        } else if (probe != null) {
            running.startProbing(
                    worker,
                    container.getName(),
                    new ReadinessProbe(container, probe, worker.ip(), folder, launch.environment()));
        }
        worker.follow(container.getName(), process);
        return running;
    }

    ChildProcess process() {
        return process;
    }

    boolean readyAtOnce() {
        return readyAtOnce;
    }

    /** Does what precedes SIGTERM; false when there is nothing of the kind. */
    boolean preStop() {
        preStopSignal.ifPresent(process::signal);
        return preStopSignal.isPresent();
    }

    /** What the container left as its last words; empty when it left none. */
    String terminationMessage() {
        Path file = folder.resolve(TERMINATION_LOG);
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(LONGEST_MESSAGE), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> preStopSignal(PodContext context, Container container)
            throws ContainerLaunch.UnsupportedException {
        if (container.getLifecycle() == null || container.getLifecycle().getPreStop() == null) {
            return Optional.empty();
        }
        @Nullable EntryPoint image = context.options().images().get(container.getImage());
        Optional<String> signal = image == null ? Optional.empty() : image.preStopSignal();
        if (signal.isEmpty()) {
            throw new ContainerLaunch.UnsupportedException(
                    "preStop is not supported for image " + container.getImage());
        }
        return signal;
    }

    @Override
    public void close() {
        Optional.ofNullable(readyFile).ifPresent(context.readyFiles()::forget);
        Optional.ofNullable(probing).ifPresent(future -> future.cancel(false));
    }

    private void watchReadyFile(PodWorker worker, String name, Path folder) {
        try {
            readyFile = context.readyFiles().watch(folder, () -> worker.post(new PodEvent.Probed(name, process, true)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startProbing(PodWorker worker, String name, ReadinessProbe probe) {
        Runnable once = () -> Thread.ofVirtual().start(() -> {
            Boolean ready = probe.probe();
            if (ready != null) {
                worker.post(new PodEvent.Probed(name, process, ready));
            }
        });
        probing = context.scheduler()
                .scheduleAtFixedRate(
                        once, probe.initialDelay().toMillis(), probe.period().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Path folder(Path base, Pod pod, Container container) {
        Path folder = base.resolve(pod.getMetadata().getNamespace())
                .resolve(pod.getMetadata().getName())
                .resolve(container.getName());
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(ReadyFiles.NAME));
            Files.deleteIfExists(folder.resolve(TERMINATION_LOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static @Nullable String annotation(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(READY_ANNOTATION);
    }
}
