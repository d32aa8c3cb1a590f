package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.registry.LocalRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image that was pulled from a registry and unpacked, run as a container engine would: its root read-only, nothing to
 * write to but /tmp and what is mounted, and under its own user. That takes root on this machine; where a test isn't root, it runs from
 * its folder instead.
 */
final class UnpackedImage {

    /** The root of the image and a folder for its configuration, both mounted where the image has them; then the command. */
    private static final String CONTAIN = """
            set -e
            root=$1 given=$2 state=$3 user=$4
            shift 4
            mount --bind "$root" "$root"
            mount --rbind /proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount --bind "$given" "$root/etc/tidegate"
            mount -o remount,bind,ro "$root"
            mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
            mount --bind "$state" "$root/var/lib/tidegate"
            exec chroot --userspec="$user" --groups= "$root" "$@"
            """;

    private final Path root;
    private final Path folder;
    private final JsonNode configuration;

    private UnpackedImage(Path root, Path folder, JsonNode configuration) {
        this.root = root;
        this.folder = folder;
        this.configuration = configuration;
    }

    /** Pulls an image and unpacks it below a folder. */
    static UnpackedImage pull(LocalRegistry registry, String name, Path folder)
            throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path tar = folder.resolve("image.tar");
        registry.crane("export", name, tar.toString());
        Process unpack = new ProcessBuilder(
                        "tar",
                        "--warning=no-unknown-keyword",
                        "-xpf",
                        tar.toString(),
                        "--numeric-owner",
                        "-C",
                        root.toString())
                .inheritIO()
                .start();
        if (unpack.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + tar);
        }
        Files.delete(tar);
        // A container engine makes these.
        for (String mountPoint : List.of("proc", "dev", "etc/tidegate")) {
            Files.createDirectories(root.resolve(mountPoint));
        }
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
        return new UnpackedImage(
                root,
                folder,
                new JsonMapper().readTree(registry.crane("config", name)).path("config"));
    }

    JsonNode configuration() {
        return configuration;
    }

    Path root() {
        return root;
    }

    /** True where the machine lets a test do as a container engine does. */
    static boolean canBeContained() throws IOException, InterruptedException {
        boolean isRoot = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue() == 0;
        if (!isRoot) {
            return false;
        }
        try {
            return new ProcessBuilder("unshare", "--mount", "chroot", "--userspec=0:0", "/", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the folder is that holds what {@link #start} was given, as the service sees it. */
    Path given(boolean contained) throws IOException {
        return contained ? Path.of("/etc/tidegate") : folder("given");
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Starts it; {@code settings} come to the variables of the image. */
    ChildProcess start(String name, Map<String, String> settings, boolean contained) throws IOException {
        Map<String, String> environment = new HashMap<>();
        configuration.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        environment.put("HOME", "/");
        List<String> command = new ArrayList<>();
        if (contained) {
            String user = configuration.path("User").asText();
            own(folder("given"), user);
            own(folder("state"), user);
            command.addAll(List.of("unshare", "--mount", "sh", "-c", CONTAIN, "contain"));
            command.addAll(List.of(
                    root.toString(), folder("given").toString(), folder("state").toString(), user));
            configuration.path("Entrypoint").forEach(word -> command.add(word.asText()));
        } else {
            environment.put("TIDEGATE_STATE_DIR", folder("state").toString());
            configuration
                    .path("Entrypoint")
                    .forEach(word -> command.add(word.asText().replaceFirst("(^|=)/opt/", "$1" + root + "/opt/")));
        }
        environment.putAll(settings);
        return ChildProcess.start(new ProcessSpec(
                name, command, environment, folder, folder.resolve(name + ".log"), Duration.ofSeconds(10)));
    }

    private static void own(Path folder, String user) throws IOException {
        int id = Integer.parseInt(user.split(":", 2)[0]);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", id);
            }
        }
    }
}
