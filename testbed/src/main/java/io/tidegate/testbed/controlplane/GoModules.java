package io.tidegate.testbed.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The committed Go modules that pin the control plane, and the fingerprint of what is built from them. */
final class GoModules {
    private static final List<String> MODULES = List.of("etcd", "kubernetes", "kwok");
    private static final List<String> FILES = List.of("go.mod", "go.sum", "tools.go");

    private GoModules() {}

    /** The Kubernetes release that the modules pin, such as {@code v1.36.3}. */
    static String kubernetesVersion() {
        Matcher matcher = Pattern.compile("require k8s\\.io/kubernetes (v\\S+)")
                .matcher(new String(read("kubernetes", "go.mod"), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new IllegalStateException("kubernetes/go.mod names no version of k8s.io/kubernetes");
        }
        return matcher.group(1);
    }

    /** Linker flags. Without a version set, Kubernetes reports a placeholder and clients cannot tell what it is. */
    static String linkerFlags(Component component) {
        if (!component.module().equals("kubernetes")) {
            return "-s -w";
        }
        String version = kubernetesVersion();
        String[] parts = version.substring(1).split("\\.", -1);
        return ("-s -w -X k8s.io/component-base/version.gitVersion=%s -X k8s.io/component-base/version.gitMajor=%s"
                        + " -X k8s.io/component-base/version.gitMinor=%s"
                        + " -X k8s.io/client-go/pkg/version.gitVersion=%s")
                .formatted(version, parts[0], parts[1], version);
    }

    /** Names what a build makes: the modules, the flags and the platform. */
    static String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String module : MODULES) {
                for (String file : FILES) {
                    digest.update(read(module, file));
                }
            }
            for (Component component : Component.values()) {
                digest.update((component.goPackage() + linkerFlags(component)).getBytes(StandardCharsets.UTF_8));
            }
            digest.update(
                    (System.getProperty("os.name") + System.getProperty("os.arch")).getBytes(StandardCharsets.UTF_8));
            return kubernetesVersion() + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Writes the files of a module into a folder that Go can build in. */
    static void write(String module, Path folder) {
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                Files.write(folder.resolve(file), read(module, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(String module, String file) {
        String name = module + "/" + file;
        try (InputStream stream = Objects.requireNonNull(
                GoModules.class.getResourceAsStream(name), () -> name + " is not on the class path")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
