package io.tidegate.testbed.gotool;

import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Go toolchain of this machine. */
public final class GoToolchain {
    private static final Duration LIMIT_PER_PROGRAM = Duration.ofMinutes(60);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Path go;

    private GoToolchain(Path go) {
        this.go = go;
    }

    /**
     * What to build.
     *
     * @param tags build tags, comma-separated; empty for none
     */
    public record Program(String name, String goPackage, String linkerFlags, String tags) {

        /** A program without build tags. */
        public Program(String name, String goPackage, String linkerFlags) {
            this(name, goPackage, linkerFlags, "");
        }
    }

    /** The go program on the PATH, or in GOROOT. */
    public static Optional<GoToolchain> find(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String entry : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!entry.isBlank()) {
                folders.add(Path.of(entry));
            }
        }
        String goRoot = environment.get("GOROOT");
        if (goRoot != null && !goRoot.isBlank()) {
            folders.add(Path.of(goRoot, "bin"));
        }
        return folders.stream()
                .map(folder -> folder.resolve("go"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(GoToolchain::new);
    }

    /**
     * Builds a program.
     *
     * @param module folder of the Go module that pins it
     * @param stillBuilding runs at the start, and then each ten seconds
     * @throws TestbedException with what Go said, if it could not be built
     */
    public void build(Program program, Path module, Path output, Runnable stillBuilding) {
        List<String> command = List.of(
                go.toString(),
                "build",
                "-trimpath",
                "-tags",
                program.tags(),
                "-ldflags",
                program.linkerFlags(),
                "-o",
                output.toString(),
                program.goPackage());
        // Go takes its proxies, caches and toolchain from the user's variables.
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CGO_ENABLED", "0");
        environment.remove("GOFLAGS");
        environment.put("GOWORK", "off");
        ProcessSpec spec = ProcessSpec.disposable("go-build-" + program.name(), command, module)
                .withEnvironment(environment);
        long deadline = System.nanoTime() + LIMIT_PER_PROGRAM.toNanos();
        try (ChildProcess process = ChildProcess.start(spec)) {
            do {
                stillBuilding.run();
            } while (!process.waitFor(BETWEEN_LINES) && System.nanoTime() < deadline);
            if (process.exitCode().orElse(-1) != 0) {
                throw new TestbedException("Go could not build " + program.name() + ":\n" + process.lastLines(20));
            }
        }
    }
}
