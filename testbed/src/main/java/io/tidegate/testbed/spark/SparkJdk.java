package io.tidegate.testbed.spark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a JDK that Spark 4.1 runs on: 17 is the first, and 24 the last that still has what its Hadoop calls. */
final class SparkJdk {
    static final int OLDEST = 17;
    static final int NEWEST = 24;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    private SparkJdk() {}

    /** The folder of the first that fits: JAVA_HOME, the java on the PATH, then the usual places. */
    static Optional<Path> find(Map<String, String> environment) {
        return candidates(environment)
                .filter(folder -> {
                    int release = release(folder);
                    return release >= OLDEST && release <= NEWEST;
                })
                .findFirst();
    }

    /** The feature release that the folder states, if it is one of a JDK or JRE; else 0. */
    static int release(Path folder) {
        try {
            if (!Files.isExecutable(folder.resolve("bin/java"))) {
                return 0;
            }
            Matcher version = VERSION.matcher(Files.readString(folder.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static Stream<Path> candidates(Map<String, String> environment) {
        List<Path> found = new ArrayList<>();
        String configured = environment.getOrDefault("JAVA_HOME", "");
        if (!configured.isBlank()) {
            found.add(Path.of(configured));
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!folder.isBlank()) {
                home(Path.of(folder, "java")).ifPresent(found::add);
            }
        }
        Path user = Path.of(environment.getOrDefault("HOME", "/"));
        found.addAll(folders(Path.of("/usr/lib/jvm")));
        found.addAll(folders(user.resolve(".sdkman/candidates/java")));
        found.addAll(folders(user.resolve(".jdks")));
        folders(Path.of("/Library/Java/JavaVirtualMachines"))
                .forEach(folder -> found.add(folder.resolve("Contents/Home")));
        return found.stream();
    }

    /** The JDK of a java program, through links such as those in /usr/bin. */
    private static Optional<Path> home(Path program) {
        try {
            return Optional.ofNullable(program.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> folders(Path parent) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(folders::add);
        } catch (IOException e) {
            return List.of();
        }
        folders.sort(null);
        return folders;
    }
}
