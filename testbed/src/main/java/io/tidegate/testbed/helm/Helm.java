package io.tidegate.testbed.helm;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.gotool.GoTool;
import io.tidegate.testbed.process.ProgramRun;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs helm, with files of its own, so that the user's repositories and plugins have no part in it. */
public final class Helm {
    private final Path program;
    private final Path folder;

    private Helm(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * Finds helm, or builds it, which takes some minutes once.
     *
     * @param folder where it may keep files
     */
    public static Helm locate(Path folder, Progress progress) {
        return new Helm(GoTool.HELM.locate(progress), folder);
    }

    /** The folder of the chart. */
    public static Path chart() {
        return TestbedHome.root().resolve("k8s/chart");
    }

    /** The chart's objects as YAML, for a release {@code tidegate} in a namespace {@code tidegate}. */
    public String template(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("template", "tidegate", chart().toString(), "--namespace", "tidegate"));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    /**
     * Runs a command and gives what it printed.
     *
     * @throws TestbedException with what helm said, when it failed
     */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(Arrays.asList(arguments));
        ProgramRun run = ProgramRun.of(
                command,
                folder,
                Map.of(
                        "HELM_CACHE_HOME", folder.resolve("cache").toString(),
                        "HELM_CONFIG_HOME", folder.resolve("config").toString(),
                        "HELM_DATA_HOME", folder.resolve("data").toString()));
        if (run.exitCode() != 0) {
            throw new TestbedException(
                    "helm " + arguments[0] + " failed: " + run.errors().strip());
        }
        return run.output();
    }
}
