package io.tidegate.images;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java runtime of the images: the modules of this JVM's own JDK that the services need, linked by its jlink. */
final class JavaRuntime {

    /** The first release with an AOT cache that is made by one run. */
    static final int LEAST_RELEASE = 25;

    /**
     * What jdeps finds in the applications and their libraries; a test compares. Not jdk.compiler, which only the processors of
     * annotations in vertx-codegen name, and no service runs those.
     */
    private static final List<String> FOUND = List.of(
            "java.compiler",
            "java.desktop",
            "java.naming",
            "java.net.http",
            "java.rmi",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "jdk.management",
            "jdk.unsupported");

    /**
     * What no class names, since it is found as a service: elliptic curves of TLS, options of sockets, names by DNS, Kerberos for
     * Kafka's clients, and the file system of jars, by which Quarkus reads configuration.
     */
    private static final List<String> PROVIDERS =
            List.of("jdk.crypto.ec", "jdk.naming.dns", "jdk.net", "jdk.security.jgss", "jdk.zipfs");

    /** For those who look into a service that runs: flight recordings, jcmd, and agents that they add. */
    private static final List<String> DIAGNOSIS = List.of("java.instrument", "jdk.jcmd", "jdk.jfr");

    private JavaRuntime() {}

    static List<String> modules() {
        return Stream.of(FOUND, PROVIDERS, DIAGNOSIS)
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    /** Fails where this JVM is not of a JDK that can make one. */
    static void require(int release, Path home) {
        if (release < LEAST_RELEASE) {
            throw new TestbedException("The images hold a Java runtime of JDK " + LEAST_RELEASE + " or later, but "
                    + home + " is a JDK " + release + ": set JAVA_HOME to the folder of a JDK " + LEAST_RELEASE + ".");
        }
        if (!Files.isExecutable(home.resolve("bin/jlink"))) {
            throw new TestbedException(
                    "The JDK in " + home + " has no jlink: set JAVA_HOME to the folder of a whole JDK.");
        }
    }

    /** Links the runtime into the place that it has below an image's root. */
    static void link(Path home, Path root) throws IOException {
        FileCopies.fresh(root);
        Path target = root.resolve(ImageLayout.JAVA);
        Programs.run(
                "link the Java runtime",
                root,
                List.of(
                        home.resolve("bin/jlink").toString(),
                        "--add-modules",
                        String.join(",", modules()),
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        target.toString()));
        FileCopies.stamp(target);
    }
}
