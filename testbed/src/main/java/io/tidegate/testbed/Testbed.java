package io.tidegate.testbed;

import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.ingest.IngestImage;
import io.tidegate.testbed.kubelet.KubeletOptions;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A broker and a control plane that live until {@link #close}, or until this JVM ends. */
public final class Testbed implements Parts, AutoCloseable {
    private final RunDirectory directory;
    private final KafkaBroker broker;
    private final ControlPlane controlPlane;
    private final Queue<ProcessKubelet> kubelets = new ConcurrentLinkedQueue<>();

    private Testbed(RunDirectory directory, KafkaBroker broker, ControlPlane controlPlane) {
        this.directory = directory;
        this.broker = broker;
        this.controlPlane = controlPlane;
    }

    /** Starts both at the same time and returns when both are ready. */
    public static Testbed start(TestbedOptions options, Progress progress) {
        return start(options, progress, BrokerSource.process());
    }

    /** As {@link #start(TestbedOptions, Progress)}, with another source for the broker. */
    public static Testbed start(TestbedOptions options, Progress progress, BrokerSource source) {
        RunDirectory directory = RunDirectory.create(options.keepFiles());
        CompletableFuture<KafkaBroker> broker =
                inThread("testbed-broker", () -> source.start(directory.folder("kafka"), progress));
        CompletableFuture<ControlPlane> controlPlane = inThread(
                "testbed-control-plane",
                () -> ControlPlane.start(options.controlPlane(), directory.folder("kubernetes"), progress));
        try {
            return new Testbed(directory, broker.join(), controlPlane.join());
        } catch (CompletionException e) {
            // The other one may still be starting; it ends as soon as it is up.
            settle(broker).ifPresent(KafkaBroker::close);
            settle(controlPlane).ifPresent(ControlPlane::close);
            directory.close();
            throw e.getCause() instanceof TestbedException sentence ? sentence : e;
        }
    }

    @Override
    public KafkaBroker broker() {
        return broker;
    }

    @Override
    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /**
     * Adds a node whose pods run as processes of this machine, the sample service among their images. It ends with the
     * testbed, or before.
     */
    public ProcessKubelet addProcessNode(String name, Progress progress) {
        IngestImage image = new IngestImage();
        image.prepare(broker.bootstrapServers(), directory.folder("training"), progress);
        ProcessKubelet kubelet = progress.during(
                "adding the process node " + name,
                () -> ProcessKubelet.start(
                        controlPlane.kubeletConfig(),
                        KubeletOptions.of(name, directory.folder("pods"), SampleImages.with(image))));
        kubelets.add(kubelet);
        return kubelet;
    }

    @Override
    public RunDirectory directory() {
        return directory;
    }

    private static <T> CompletableFuture<T> inThread(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name(name).start(task));
    }

    private static <T> Optional<T> settle(CompletableFuture<T> started) {
        try {
            return Optional.of(started.join());
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        kubelets.forEach(ProcessKubelet::close);
        controlPlane.close();
        broker.close();
        directory.close();
    }
}
