package io.tidegate.testbed.files;

import io.tidegate.testbed.process.TestbedException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where the repository's built parts and the cache are. */
public final class TestbedHome {
    private TestbedHome() {}

    /** The repository's root: the property {@code tidegate.home}, else derived from where this class was built. */
    public static Path root() {
        String home = System.getProperty("tidegate.home");
        if (home != null && !home.isBlank()) {
            return Path.of(home).toAbsolutePath();
        }
        for (Path folder = location(TestbedHome.class); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("testbed/broker/pom.xml"))) {
                return folder;
            }
        }
        throw new TestbedException(
                "Cannot find Tidegate's repository: start by ./tidegate, or set -Dtidegate.home to its folder.");
    }

    /** The jar or folder that a class was loaded from. */
    public static Path location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new TestbedException(type.getName() + " has no known location.");
        }
        try {
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new TestbedException("Cannot read the location of " + type.getName() + ".", e);
        }
    }

    /** The jars of the Kafka broker. */
    public static Path brokerLibrary() {
        Path library = root().resolve("testbed/broker/target/lib");
        if (!Files.isDirectory(library)) {
            throw new TestbedException("The broker's class path " + library
                    + " is missing: run mvn package -pl testbed -am (./tidegate does it).");
        }
        return library;
    }

    /** What is worth keeping between runs: {@code ${XDG_CACHE_HOME:-~/.cache}/tidegate/testbed}. */
    public static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.toAbsolutePath().resolve("tidegate").resolve("testbed");
    }

    /** The java program that runs this JVM. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
