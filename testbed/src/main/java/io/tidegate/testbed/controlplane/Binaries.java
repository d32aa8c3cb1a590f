package io.tidegate.testbed.controlplane;

import io.tidegate.testbed.gotool.GoToolchain;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs of the control plane, each from the first place that has it: the folder that {@code KUBEBUILDER_ASSETS}
 * names, the cache, a build into the cache. A kubectl on the PATH will do as well.
 */
final class Binaries {
    private static final Object ONE_BUILD_PER_JVM = new Object();

    private final Map<String, String> environment;
    private final Path cache;
    private final Progress progress;

    Binaries(Map<String, String> environment, Path cache, Progress progress) {
        this.environment = environment;
        this.cache = cache.resolve(GoModules.fingerprint());
        this.progress = progress;
    }

    /** Finds all of these, builds what is nowhere, and fails with a sentence when that is impossible. */
    Map<Component, Path> locate(Set<Component> wanted) {
        Map<Component, Path> found = find(wanted);
        if (found.size() < wanted.size()) {
            synchronized (ONE_BUILD_PER_JVM) {
                build(wanted);
            }
            found = find(wanted);
        }
        return found;
    }

    private Map<Component, Path> find(Set<Component> wanted) {
        Map<Component, Path> found = new EnumMap<>(Component.class);
        String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
        for (Component component : wanted) {
            Path inAssets = Path.of(assets).resolve(component.binary());
            Path inCache = cache.resolve(component.binary());
            if (!assets.isBlank() && isProgram(inAssets)) {
                found.put(component, inAssets.toAbsolutePath());
            } else if (isProgram(inCache)) {
                found.put(component, inCache);
            } else if (component == Component.KUBECTL) {
                // Any release of it will do, and those who have a cluster have it.
                onPath(component).ifPresent(path -> found.put(component, path));
            }
        }
        return found;
    }

    private Optional<Path> onPath(Component component) {
        return Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, component.binary()))
                .filter(Binaries::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private List<Component> missing(Set<Component> wanted) {
        Set<Component> found = find(wanted).keySet();
        return wanted.stream()
                .filter(component -> !found.contains(component))
                .sorted()
                .toList();
    }

    private void build(Set<Component> wanted) {
        GoToolchain go =
                GoToolchain.find(environment).orElseThrow(() -> new TestbedException(sentence(missing(wanted))));
        try {
            Files.createDirectories(cache);
            Path lockFile = cache.resolve("lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                List<Component> components = missing(wanted);
                if (!components.isEmpty() && lock.isValid()) {
                    removeInterruptedBuilds();
                    new GoBuild(go, cache, progress).build(components);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to the cache " + cache, e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        progress.line("another process is building the control plane; waiting for it");
        return channel.lock();
    }

    /** Only the holder of the lock builds, so any build folder that is there was left by an interrupted run. */
    private void removeInterruptedBuilds() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache, "building-*")) {
            for (Path folder : folders) {
                GoBuild.deleteBuildFolder(folder);
            }
        }
    }

    private static String sentence(List<Component> missing) {
        String names = missing.stream().map(Component::binary).collect(Collectors.joining(", "));
        return "There is no Kubernetes control plane to run on (missing: " + names
                + "): install Go 1.21 or later, with which it is built once, or set KUBEBUILDER_ASSETS to a folder"
                + " that holds these programs, or set TIDEGATE_KUBECONFIG to the kubeconfig file of a cluster.";
    }
}
