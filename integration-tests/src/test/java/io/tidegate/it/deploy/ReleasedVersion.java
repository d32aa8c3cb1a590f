package io.tidegate.it.deploy;

import io.tidegate.testbed.files.FileTree;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.kubelet.EntryPoint;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chart and services of a version that was released: its tag's sources, built once into the cache. */
final class ReleasedVersion {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(40);
    private static final List<String> MODULES = List.of("telemetry-collector", "policy-engine", "autoscaler");

    private final String version;
    private final Path sources;

    private ReleasedVersion(String version, Path sources) {
        this.version = version;
        this.sources = sources;
    }

    /** Builds a version, unless that was done; empty if the repository has no tag for it. */
    static Optional<ReleasedVersion> find(String version, Progress progress) {
        return commit("v" + version)
                .map(commit -> new ReleasedVersion(
                        version,
                        built(
                                commit,
                                TestbedHome.cache().resolve("released-" + version + "-" + commit.substring(0, 12)),
                                progress)));
    }

    Path chart() {
        return sources.resolve("k8s/chart");
    }

    /** What stands for its images, which have its version as tag. */
    Map<String, EntryPoint> images() {
        Map<String, EntryPoint> images = new HashMap<>();
        for (String module : MODULES) {
            images.put(
                    "tidegate/" + module + ":" + version,
                    EntryPoint.program(List.of(
                            TestbedHome.java().toString(),
                            "-jar",
                            sources.resolve(module)
                                    .resolve("target/quarkus-app/quarkus-run.jar")
                                    .toString())));
        }
        return images;
    }

    private static Optional<String> commit(String tag) {
        try {
            Process git = new ProcessBuilder(
                            "git", "rev-parse", "--verify", "--quiet", "refs/tags/" + tag + "^{commit}")
                    .directory(TestbedHome.root().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? Optional.of(commit) : Optional.empty();
        } catch (IOException e) {
            // Without git there are no tags.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while git ran.", e);
        }
    }

    private static Path built(String commit, Path folder, Progress progress) {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path work = Files.createTempDirectory(folder.getParent(), "building-released-");
            Path archive = work.resolve("sources.tar");
            Path sources = Files.createDirectories(work.resolve("sources"));
            run(
                    List.of("git", "archive", "--format=tar", "--output=" + archive, commit),
                    TestbedHome.root(),
                    work,
                    progress);
            run(List.of("tar", "-xf", archive.toString()), sources, work, progress);
            run(
                    List.of(
                            "mvn",
                            "-B",
                            "-ntp",
                            "-q",
                            "package",
                            "-DskipTests",
                            "-am",
                            "-pl",
                            String.join(",", MODULES)),
                    sources,
                    work,
                    progress);
            Files.move(sources, folder, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(work);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command, Path directory, Path logs, Progress progress) {
        String name = "released-" + command.getFirst();
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        ProcessSpec spec = new ProcessSpec(
                name, command, environment, directory, logs.resolve(name + ".log"), Duration.ofSeconds(10));
        progress.during("building the released version, once: " + command.getFirst(), () -> {
            try (ChildProcess process = ChildProcess.start(spec)) {
                if (!process.waitFor(BUILD_LIMIT) || process.exitCode().orElse(-1) != 0) {
                    throw new TestbedException("The released version could not be built:\n" + process.lastLines(20));
                }
                return "";
            }
        });
    }
}
