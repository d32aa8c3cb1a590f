package io.tidegate.testbed.junit;

import io.tidegate.testbed.Parts;
import io.tidegate.testbed.SampleImages;
import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.controlplane.ControlPlaneOptions;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.ingest.IngestImage;
import io.tidegate.testbed.kubelet.KubeletOptions;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.spark.SparkApp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The parts that all tests of a run share, or those of one class, each started when it is first asked for. */
public final class SharedTestbed implements Parts, AutoCloseable {
    private final Progress progress;
    private final Object brokerLock = new Object();
    private final Object controlPlaneLock = new Object();
    private final Object kubeletLock = new Object();
    private final RunDirectory directory;
    private final AtomicBoolean saidWhySkipped = new AtomicBoolean();
    private final AtomicBoolean saidWhyNoSpark = new AtomicBoolean();
    private @Nullable KafkaBroker broker;
    private @Nullable ControlPlane controlPlane;
    private @Nullable ProcessKubelet kubelet;

    SharedTestbed(Progress progress) {
        this.progress = progress;
        this.directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
    }

    /** One broker, from the source that {@code -Dtidegate.broker} names; skips the test when that is unavailable. */
    @Override
    public KafkaBroker broker() {
        synchronized (brokerLock) {
            KafkaBroker started = broker;
            if (started == null) {
                whyNoBroker().ifPresent(Assumptions::abort);
                started = BrokerSource.configured().start(directory.folder("kafka"), progress);
                broker = started;
            }
            return started;
        }
    }

    /** Why {@link #broker} would skip the test, said aloud once; empty when it would not. */
    Optional<String> whyNoBroker() {
        Optional<String> reason = BrokerSource.configured().unavailable();
        if (reason.isPresent() && !saidWhySkipped.getAndSet(true)) {
            progress.line("Skipping the tests that need a broker: " + reason.get());
        }
        return reason;
    }

    /** One control plane with one simulated node. */
    @Override
    public ControlPlane controlPlane() {
        synchronized (controlPlaneLock) {
            ControlPlane started = controlPlane;
            if (started == null) {
                started = ControlPlane.start(
                        ControlPlaneOptions.withSimulatedNodes(1), directory.folder("kubernetes"), progress);
                controlPlane = started;
            }
            return started;
        }
    }

    /** One process node, which takes pods by the node selector {@code tidegate.io/node: process}. */
    public ProcessKubelet kubelet() {
        KafkaBroker server = broker();
        ControlPlane plane = controlPlane();
        synchronized (kubeletLock) {
            ProcessKubelet started = kubelet;
            if (started == null) {
                IngestImage image = new IngestImage();
                image.prepare(server.bootstrapServers(), directory.folder("training"), progress);
                KubeletOptions options = KubeletOptions.of(
                                "process-0", directory.folder("pods"), SampleImages.with(image))
                        .withUsagePeriod(Duration.ofSeconds(1))
                        .withFirstBackOff(Duration.ofMillis(500));
                started = ProcessKubelet.start(plane.kubeletConfig(), options);
                kubelet = started;
            }
            return started;
        }
    }

    /**
     * Skips the test where Spark cannot run, and says why aloud once; fails it with {@code -Dtidegate.spark.required},
     * for those who asked for Spark. The first call takes a while, which makes all later starts faster.
     */
    public void requireSpark() {
        Optional<String> reason = SparkApp.unavailable();
        if (reason.isPresent() && Boolean.getBoolean("tidegate.spark.required")) {
            throw new TestbedException(reason.get());
        }
        if (reason.isPresent() && !saidWhyNoSpark.getAndSet(true)) {
            progress.line("Skipping the tests that need Spark: " + reason.get());
        }
        reason.ifPresent(Assumptions::abort);
        SparkApp.prepare(this, progress);
    }

    @Override
    public RunDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        synchronized (kubeletLock) {
            if (kubelet != null) {
                kubelet.close();
            }
        }
        synchronized (controlPlaneLock) {
            if (controlPlane != null) {
                controlPlane.close();
            }
        }
        synchronized (brokerLock) {
            if (broker != null) {
                broker.close();
            }
        }
        directory.close();
    }
}
