package io.tidegate.testbed.spark;

import io.tidegate.testbed.files.TestbedHome;
import java.nio.file.Path;

/**
 * The sample applications of the module {@code testbed/spark-apps}; what each does, and what its arguments
 * ({@code name=value}) are, is said there. All but the streaming one need no arguments.
 */
public enum SampleApp {
    /** Many short jobs with pauses between them, as somebody at a notebook makes. */
    SHORT("ShortJobs"),
    /** A last stage with a few tasks that take far longer than the others. */
    SKEWED("SkewedJob"),
    /** One long job that always has more tasks than executors, with real shuffle data. */
    SATURATED("SaturatedJob"),
    /** That job in a driver that interrupts the threads of Tidegate's plugin. */
    INTERRUPTING("Interrupting"),
    /** A query that is run again and again under names and in words that are given to it. */
    NAMED("NamedQuery"),
    /** Structured Streaming from Kafka into files, in which each record can be counted. */
    STREAMING("StreamingToFiles");

    private final String mainClass;

    SampleApp(String mainClass) {
        this.mainClass = "io.tidegate.testbed.sparkapps." + mainClass;
    }

    /** The jar that has them all. */
    static Path jar() {
        return TestbedHome.root().resolve("testbed/spark-apps/target/testbed-spark-apps.jar");
    }

    public String mainClass() {
        return mainClass;
    }
}
