package io.tidegate.it.gitops;

import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs what {@code ./tidegate policy check} runs. */
final class PolicyCheckProgram {

    private PolicyCheckProgram() {}

    /** What it printed, and its exit code. */
    record Answer(int code, String output) {}

    static Answer run(String... arguments) {
        Path folder = TestbedHome.root().resolve("tools/target");
        if (!Files.isRegularFile(folder.resolve("tools.jar"))) {
            throw new TestbedException("The tools are not built: run mvn package -pl tools (./tidegate does it).");
        }
        List<String> command = new ArrayList<>(List.of(
                TestbedHome.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder.resolve("tools.jar") + ":" + folder.resolve("lib") + "/*",
                "io.tidegate.tools.cli.ToolsCommand",
                "policy",
                "check"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while policies were checked.", e);
        }
    }
}
