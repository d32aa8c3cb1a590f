package io.tidegate.images;

import com.google.cloud.tools.jib.api.ImageReference;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.services.ServiceKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What images are called.
 *
 * @param registry before the repositories; empty for none
 * @param tag tag of all
 */
record Target(String registry, String tag) {

    /** The repositories that the chart names, before the name of a service. */
    static final String REPOSITORIES = "tidegate/";

    private static final String TAR = "tar://";

    Target {
        if (!ImageReference.isValidTag(tag)) {
            throw new IllegalArgumentException("'" + tag + "' is no tag: letters, digits, _, . and -, 128 at most.");
        }
        if (registry.contains("://")
                || registry.endsWith("/")
                || (!registry.isEmpty() && !isHost(registry.split("/", 2)[0]))) {
            throw new IllegalArgumentException("'" + registry
                    + "' is no registry: name it as HOST[:PORT][/PREFIX], such as registry.example.com/team.");
        }
    }

    /** @throws IllegalArgumentException for what can be no name */
    static Target of(@Nullable String registry, @Nullable String tag) {
        Target target = new Target(registry == null ? "" : registry, tag == null ? chartVersion() : tag);
        for (ServiceKind kind : ServiceKind.values()) {
            try {
                ImageWriter.reference(target.name(kind));
            } catch (TestbedException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        return target;
    }

    /** A host without a dot and a port would be a repository of a public registry. */
    private static boolean isHost(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** The tag that the chart takes unless told otherwise. */
    private static String chartVersion() {
        Path chart = TestbedHome.root().resolve("k8s/chart/Chart.yaml");
        try {
            return Files.readAllLines(chart).stream()
                    .filter(line -> line.startsWith("appVersion:"))
                    .map(line -> line.substring("appVersion:".length())
                            .replace("\"", "")
                            .strip())
                    .findFirst()
                    .orElseThrow(() -> new TestbedException(chart + " has no appVersion."));
        } catch (IOException e) {
            throw new TestbedException("Cannot read " + chart + ".", e);
        }
    }

    /** The whole name of a service's image. */
    String name(ServiceKind kind) {
        return (registry.isEmpty() ? "" : registry + "/") + REPOSITORIES + kind.module() + ":" + tag;
    }

    /** What the chart's values call a service. */
    static String chartPart(ServiceKind kind) {
        return switch (kind) {
            case TELEMETRY_COLLECTOR -> "collector";
            case POLICY_ENGINE -> "engine";
            case AUTOSCALER -> "autoscaler";
        };
    }

    /**
     * Checks a base image's name, and what plain HTTP may be used with.
     *
     * @throws IllegalArgumentException for what can be no image, and for registries that other machines are between
     */
    void check(boolean insecure, @Nullable String base) {
        if (base != null) {
            checkBase(base);
        }
        if (!insecure) {
            return;
        }
        if (registry.isEmpty()) {
            throw new IllegalArgumentException("--insecure goes with --push.");
        }
        requireLoopback(registry);
        if (base != null && !base.startsWith(TAR)) {
            requireLoopback(ImageWriter.reference(base).getRegistry());
        }
    }

    private static void checkBase(String base) {
        if (base.startsWith(TAR)) {
            if (!Files.isRegularFile(Path.of(base.substring(TAR.length())))) {
                throw new IllegalArgumentException("There is no file " + base.substring(TAR.length()) + ".");
            }
            return;
        }
        try {
            ImageWriter.reference(base);
        } catch (TestbedException e) {
            throw new IllegalArgumentException("'" + base + "' is no image: name one in a registry, or tar://FILE.", e);
        }
    }

    private static void requireLoopback(String registry) {
        String host = registry.split("/", 2)[0].replaceAll(":\\d+$", "");
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("There is no host " + host + ".", e);
        }
        throw new IllegalArgumentException(
                "--insecure is for registries on loopback; " + host + " must be reached by HTTPS.");
    }
}
