package io.tidegate.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Writes an image as a tar of the OCI layout, or into a registry. */
final class ImageWriter {

    /** The folder of layers in the cache. */
    static final String LAYERS = "layers";

    private final Path cache;
    private final boolean insecure;
    private final @Nullable String base;

    /**
     * @param cache where base images are kept, and layers, so that those which images share are compressed once
     * @param insecure also speaks HTTP
     * @param base reference of the base image, or {@code tar://FILE}; null for an image from scratch
     */
    ImageWriter(Path cache, boolean insecure, @Nullable String base) {
        this.cache = cache;
        this.insecure = insecure;
        this.base = base;
    }

    /** Writes a tar and gives the image's digest. */
    String write(ServiceKind kind, String version, List<ImageLayer> layers, Path tar, String reference) {
        return containerize(
                kind, version, layers, Containerizer.to(TarImage.at(tar).named(reference(reference))), "write " + tar);
    }

    /** Pushes to a registry and gives the image's digest. */
    String push(ServiceKind kind, String version, List<ImageLayer> layers, String reference) {
        ImageReference target = reference(reference);
        return containerize(kind, version, layers, Containerizer.to(withCredentials(target)), "push " + reference);
    }

    private String containerize(
            ServiceKind kind, String version, List<ImageLayer> layers, Containerizer target, String purpose) {
        try {
            JibContainer written = builder(kind, version, layers)
                    .containerize(target.setBaseImageLayersCache(cache.resolve("base"))
                            .setApplicationLayersCache(cache.resolve(LAYERS))
                            .setAllowInsecureRegistries(insecure)
                            .setToolName("tidegate"));
            return written.getDigest().toString();
        } catch (ExecutionException e) {
            throw failure(purpose, e.getCause() == null ? e : e.getCause());
        } catch (RegistryException | IOException | CacheDirectoryCreationException e) {
            throw failure(purpose, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted: " + purpose + ".", e);
        }
    }

    private JibContainerBuilder builder(ServiceKind kind, String version, List<ImageLayer> layers) {
        return from().setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture(System.getProperty("os.arch")), "linux")))
                .setCreationTime(Instant.EPOCH)
                .setUser(ImageLayout.USER + ":" + ImageLayout.USER)
                .setExposedPorts(Set.of(Port.tcp(ImageLayout.PORT)))
                .setEntrypoint(ImageLayout.entryPoint(kind))
                .setEnvironment(ImageLayout.environment(kind))
                .setLabels(Map.of(
                        "org.opencontainers.image.title",
                        "Tidegate " + kind.module(),
                        "org.opencontainers.image.version",
                        version,
                        "org.opencontainers.image.licenses",
                        "Apache-2.0"))
                .setFileEntriesLayers(layers.stream().map(ImageLayer::entries).toList());
    }

    private JibContainerBuilder from() {
        if (base == null) {
            return Jib.fromScratch();
        }
        try {
            return base.contains("://") ? Jib.from(base) : Jib.from(withCredentials(reference(base)));
        } catch (InvalidImageReferenceException e) {
            throw new TestbedException("'" + base + "' is no image: " + e.getMessage(), e);
        }
    }

    /** As docker login, or a helper that it names, left them. */
    private static RegistryImage withCredentials(ImageReference image) {
        CredentialRetriever docker =
                CredentialRetrieverFactory.forImage(image, event -> {}).dockerConfig();
        return RegistryImage.named(image).addCredentialRetriever(docker);
    }

    static ImageReference reference(String name) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException e) {
            throw new TestbedException("'" + name + "' is no name of an image.", e);
        }
    }

    /** The name that images have for what Java calls {@code amd64} and {@code aarch64}. */
    static String architecture(String java) {
        return switch (java) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> java;
        };
    }

    private TestbedException failure(String purpose, Throwable cause) {
        String hint = insecure ? "" : insecureHint(cause);
        return new TestbedException("Cannot " + purpose + ": " + sentence(cause) + hint, cause);
    }

    private static String sentence(Throwable cause) {
        String said = cause.getMessage();
        Throwable deeper = cause.getCause();
        if (deeper != null
                && deeper.getMessage() != null
                && !deeper.getMessage().equals(said)) {
            said = said + ": " + deeper.getMessage();
        }
        return said == null ? cause.toString() : said;
    }

    private static String insecureHint(Throwable cause) {
        return cause.getClass().getSimpleName().equals("InsecureRegistryException")
                ? " (--insecure allows plain HTTP on loopback)"
                : "";
    }
}
