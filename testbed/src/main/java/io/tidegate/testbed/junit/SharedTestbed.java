package io.tidegate.testbed.junit;

import io.tidegate.testbed.Parts;
import io.tidegate.testbed.broker.BrokerSource;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.RunDirectory;
import io.tidegate.testbed.process.Progress;
import org.jspecify.annotations.Nullable;

/** The parts that all tests of a run share, each started when it is first asked for. */
public final class SharedTestbed implements Parts, AutoCloseable {
    private final Progress progress;
    private final Object brokerLock = new Object();
    private final Object controlPlaneLock = new Object();
    private final RunDirectory directory;
    private @Nullable KafkaBroker broker;
    private @Nullable ControlPlane controlPlane;

    SharedTestbed(Progress progress) {
        this.progress = progress;
        this.directory = RunDirectory.create(Boolean.getBoolean("tidegate.testbed.keep"));
    }

    /** One broker, from the source that {@code -Dtidegate.broker} names. */
    @Override
    public KafkaBroker broker() {
        synchronized (brokerLock) {
            KafkaBroker started = broker;
            if (started == null) {
                started = BrokerSource.configured().start(directory.folder("kafka"), progress);
                broker = started;
            }
            return started;
        }
    }

    /** One control plane with one simulated node. */
    @Override
    public ControlPlane controlPlane() {
        synchronized (controlPlaneLock) {
            ControlPlane started = controlPlane;
            if (started == null) {
                started = ControlPlane.start(1, directory.folder("kubernetes"), progress);
                controlPlane = started;
            }
            return started;
        }
    }

    @Override
    public RunDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
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
