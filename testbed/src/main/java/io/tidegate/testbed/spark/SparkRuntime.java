package io.tidegate.testbed.spark;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Spark's JVMs are started with.
 *
 * @param java the java program
 * @param classPath Spark's jars, as an option of java
 */
record SparkRuntime(Path java, String classPath) {
    /** For small heaps and short lives on few processors; what applications set comes after, and wins. */
    private static final List<String> THRIFT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

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
            return new SparkRuntime(
                    jdk.resolve("bin/java"), Files.readString(list).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        command.addAll(options);
        command.add("-cp");
        command.add(firstOnClassPath.isBlank() ? classPath : firstOnClassPath + ":" + classPath);
        return command;
    }
}
