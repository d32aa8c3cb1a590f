package io.tidegate.testbed.spark;

import io.tidegate.testbed.files.ClassArchive;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Spark's JVMs are started with.
 *
 * @param java the java program
 * @param classPath Spark's jars, as an option of java
 * @param archive classes that start fast
 */
record SparkRuntime(Path java, String classPath, Optional<ClassArchive> archive) {
    /** For small heaps and short lives on few processors; what applications set comes after, and wins. */
    private static final List<String> THRIFT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration TRAINING_LIMIT = Duration.ofMinutes(3);

    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    /** Why Spark cannot run here, as a sentence; empty when it can. */
    static Optional<String> unavailable() {
        try {
            locate();
            return Optional.empty();
        } catch (TestbedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Finds JDK and jars, or fails with a sentence that says what is missing. */
    static SparkRuntime locate() {
        Path list = TestbedHome.root().resolve("testbed/spark/target/class-path");
        if (!Files.isRegularFile(list)) {
            throw new TestbedException("Spark's class path " + list
                    + " is missing: run mvn package -pl testbed/spark-apps -am (./tidegate does it).");
        }
        Path jdk = SparkJdk.find(System.getenv())
                .orElseThrow(() -> new TestbedException(
                        "Spark needs a JDK %d to %d, and none was found: install one (21 fits the build too), or set JAVA_HOME."
                                .formatted(SparkJdk.OLDEST, SparkJdk.NEWEST)));
        try {
            String classPath = Files.readString(list).strip();
            List<Path> jars = Stream.of(classPath.split(":", -1)).map(Path::of).toList();
            String jvm = jdk + Files.readString(jdk.resolve("release"));
            return new SparkRuntime(
                    jdk.resolve("bin/java"),
                    classPath,
                    Optional.of(new ClassArchive("spark", jars, SparkJdk.release(jdk), jvm)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes drivers and executors start faster by a run of a small job, if that was not done; a failure only costs
     * speed. Measured: a driver that runs a small job takes 2.6 s of processor time with the archive, 4.5 s without.
     */
    void prepare(Path folder, Progress progress) {
        if (archive.isEmpty() || !archive.get().isMissing()) {
            return;
        }
        progress.during("preparing a fast start of Spark, once", () -> {
            try {
                archive.get().train(option -> train(folder, option));
            } catch (TestbedException e) {
                progress.line("Spark will start slowly: " + e.getMessage());
            }
            return archive;
        });
    }

    private void train(Path folder, String option) {
        List<String> command = new SparkRuntime(java, classPath, Optional.empty()).command(List.of(option), "");
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.port=0",
                "--conf",
                "spark.local.dir=" + folder,
                "--class",
                SampleApp.SHORT.mainClass(),
                SampleApp.jar().toString(),
                "jobs=1",
                "taskMillis=0"));
        ProcessSpec spec = ProcessSpec.disposable("spark-training", command, folder)
                .withEnvironment(Map.of("SPARK_LOCAL_IP", "127.0.0.1"));
        try (ChildProcess process = ChildProcess.start(spec)) {
            // The archive is written while the JVM ends.
            boolean ended = process.waitFor(TRAINING_LIMIT);
            if (!ended) {
                throw new TestbedException("The training run of Spark did not end.");
            }
        }
    }

    /** A command without main class: java, its options, the class path. */
    List<String> command(List<String> options, String firstOnClassPath) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(THRIFT);
        command.add("--add-modules=jdk.incubator.vector");
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        command.add("--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
        command.add("-Djdk.reflect.useDirectMethodHandle=false");
        archive.flatMap(ClassArchive::option).ifPresent(command::add);
        command.addAll(options);
        command.add("-cp");
        command.add(firstOnClassPath.isBlank() ? classPath : firstOnClassPath + ":" + classPath);
        return command;
    }
}
