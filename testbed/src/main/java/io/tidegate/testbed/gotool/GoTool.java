package io.tidegate.testbed.gotool;

import io.tidegate.testbed.files.FileTree;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A tool of the field that tests run, built once from its pinned Go module and kept in the cache. */
public enum GoTool {
    /** A registry of container images, and a program that reads from registries. */
    CRANE("crane", "github.com/google/go-containerregistry/cmd/crane", "", ""),
    /** The versions of Kubernetes and of helm itself are else placeholders, and charts that ask for a version are refused. */
    HELM(
            "helm",
            "helm.sh/helm/v3/cmd/helm",
            "-X helm.sh/helm/v3/internal/version.version=v3.22.0 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1"
                    + " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=36"
                    + " -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1"
                    + " -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=36",
            ""),
    /** Without the discovery of targets in clouds, which is most of its code and none of its checks. */
    PROMTOOL("prometheus", "github.com/prometheus/prometheus/cmd/promtool", "", "remove_all_sd"),
    /** The same; targets are found in files. */
    PROMETHEUS("prometheus", "github.com/prometheus/prometheus/cmd/prometheus", "", "remove_all_sd"),
    ALERTMANAGER("alertmanager", "github.com/prometheus/alertmanager/cmd/alertmanager", "", ""),
    AMTOOL("alertmanager", "github.com/prometheus/alertmanager/cmd/amtool", "", "");

    private static final List<String> FILES = List.of("go.mod", "go.sum", "tools.go");

    private final String module;
    private final String goPackage;
    private final String linkerFlags;
    private final String tags;

    GoTool(String module, String goPackage, String linkerFlags, String tags) {
        this.module = module;
        this.goPackage = goPackage;
        this.linkerFlags = "-s -w " + linkerFlags;
        this.tags = tags;
    }

    /** The program's file name. */
    public String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds the program in the cache, or builds it into it, which takes some minutes. */
    public Path locate(Progress progress) {
        return locate(System.getenv(), TestbedHome.cache(), progress);
    }

    Path locate(Map<String, String> environment, Path cache, Progress progress) {
        Path folder = cache.resolve(program() + "-" + fingerprint());
        Path built = folder.resolve(program());
        if (!Files.isExecutable(built)) {
            synchronized (GoTool.class) {
                build(environment, folder, built, progress);
            }
        }
        return built;
    }

    private void build(Map<String, String> environment, Path folder, Path built, Progress progress) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.isExecutable(built) && lock.isValid()) {
                    compile(environment, folder, built, progress);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to the cache " + folder, e);
        }
    }

    private void compile(Map<String, String> environment, Path folder, Path built, Progress progress)
            throws IOException {
        GoToolchain go = GoToolchain.find(environment)
                .orElseThrow(() -> new TestbedException("There is no " + program()
                        + " to run these tests with: install Go 1.26 or later, with which it is built once."));
        // Only the holder of the lock builds, so any build folder that is there was left by an interrupted run.
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "building-*")) {
            for (Path one : left) {
                FileTree.delete(one);
            }
        }
        Path work = Files.createTempDirectory(folder, "building-");
        for (String file : FILES) {
            Files.write(work.resolve(file), read(file));
        }
        Path output = work.resolve(program());
        long start = System.nanoTime();
        go.build(
                new GoToolchain.Program(program(), goPackage, linkerFlags, tags),
                work,
                output,
                () -> progress.line("building " + program() + " from source, once; this takes some minutes ("
                        + (System.nanoTime() - start) / 1_000_000_000 + " s)"));
        Files.move(output, built, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(work);
    }

    private String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                digest.update(read(file));
            }
            digest.update(
                    (goPackage + linkerFlags + tags + System.getProperty("os.name") + System.getProperty("os.arch"))
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private byte[] read(String file) {
        String name = module + "/" + file;
        try (InputStream stream = Objects.requireNonNull(
                GoTool.class.getResourceAsStream(name), () -> name + " is not on the class path")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
