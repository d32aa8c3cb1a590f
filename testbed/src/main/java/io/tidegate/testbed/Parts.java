package io.tidegate.testbed;

import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.controlplane.ControlPlane;
import io.tidegate.testbed.files.RunDirectory;

/** The real parts that programs and tests run on. */
public interface Parts {

    KafkaBroker broker();

    ControlPlane controlPlane();

    /** The folder of this run; parts that join it put their files and logs into folders of it. */
    RunDirectory directory();
}
