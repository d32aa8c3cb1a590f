package io.tidegate.images;

import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lays out what images are made of, from the lowest layer up: what seldom changes first, so that it is seldom sent. */
final class ImageBuild {

    /** Of the build's own artifacts, the names of whose jars begin so. */
    private static final String OWN = "io.tidegate.";

    private static final Path LIBRARIES = Path.of(ImageLayout.APPLICATION, "lib");
    private static final Path CACHE = Path.of(ImageLayout.AOT_CACHE);

    private final Path work;
    private final Progress progress;
    private final List<ImageLayer> shared;
    private final List<DebianPackage> packages;

    private ImageBuild(Path work, Progress progress, List<ImageLayer> shared, List<DebianPackage> packages) {
        this.work = work;
        this.progress = progress;
        this.shared = List.copyOf(shared);
        this.packages = List.copyOf(packages);
    }

    /**
     * Makes the layers that all images share.
     *
     * @param work where trees and packages are laid out
     * @param base the base image, which then brings the C runtime; null for none
     */
    static ImageBuild prepare(Path work, @Nullable String base, Progress progress) {
        try {
            Path runtime = work.resolve("java");
            Path low = work.resolve("c-runtime");
            List<DebianPackage> packages = List.of();
            if (base == null) {
                packages = cRuntime(work, low, progress);
            } else {
                FileCopies.fresh(low);
            }
            CRuntime.makeWritable(low);
            progress.during("linking the Java runtime", () -> link(runtime));
            Predicate<Path> all = file -> true;
            return new ImageBuild(
                    work,
                    progress,
                    List.of(
                            ImageLayer.of(base == null ? "C runtime" : "folders to write to", low, all),
                            ImageLayer.of("Java runtime", runtime, all)),
                    packages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<DebianPackage> cRuntime(Path work, Path tree, Progress progress) {
        DebianPackages debian = DebianPackages.find(System.getenv().getOrDefault("PATH", ""));
        return progress.during("fetching the C runtime", () -> {
            try {
                List<DebianPackage> packages = debian.fetch(CRuntime.PACKAGES, work.resolve("debian"));
                CRuntime.layOut(debian, packages, work.resolve("unpacked"), tree);
                return packages;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path link(Path root) {
        try {
            JavaRuntime.link(Path.of(System.getProperty("java.home")), root);
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of the C runtime is in the images; empty on a base image. */
    List<DebianPackage> packages() {
        return packages;
    }

    /** The layers of a service's image, lowest first. */
    List<ImageLayer> layers(ServiceKind kind) {
        Path tree = work.resolve(kind.module());
        Path application = tree.resolve(ImageLayout.APPLICATION);
        try {
            FileCopies.fresh(tree);
            FileCopies.copy(kind.application(), application, file -> !file.endsWith(BillOfMaterials.DEPENDENCIES));
            FileCopies.stamp(tree);
            progress.during("training the " + kind.module() + " to start", () -> train(kind, tree));
            List<ImageLayer> layers = new ArrayList<>(shared);
            layers.add(ImageLayer.of("libraries", tree, ImageBuild::isLibrary));
            layers.add(ImageLayer.of("application", tree, file -> !isLibrary(file) && !file.equals(CACHE)));
            layers.add(ImageLayer.of("AOT cache", tree, CACHE::equals));
            return layers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path train(ServiceKind kind, Path tree) {
        try {
            Path folder = FileCopies.fresh(work.resolve("training").resolve(kind.module()));
            Path java = work.resolve("java").resolve(ImageLayout.JAVA).resolve("bin/java");
            Path cache = tree.resolve(ImageLayout.AOT_CACHE);
            ServiceTraining.run(kind, java, tree.resolve(ImageLayout.JAR), "-XX:AOTCacheOutput=" + cache, folder);
            if (!Files.isRegularFile(cache)) {
                throw new TestbedException(
                        "The JVM wrote no AOT cache of the " + kind.module() + "; its words are in " + folder + ".");
            }
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isLibrary(Path file) {
        return file.startsWith(LIBRARIES) && !String.valueOf(file.getFileName()).startsWith(OWN);
    }

    /**
     * Where base images are kept from build to build, and layers within this one only: jib-core knows layers again by the times of
     * their files, which are always the same here.
     */
    Path cache() throws IOException {
        Path cache = work.resolve("cache");
        FileCopies.fresh(cache.resolve(ImageWriter.LAYERS));
        return cache;
    }
}
