package io.tidegate.testbed.prometheus;

import io.tidegate.testbed.gotool.GoTool;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool, which checks and tests rules. */
public final class Promtool {

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** Finds it in the cache, or builds it, which takes some minutes once. */
    public static Promtool locate(Progress progress) {
        return new Promtool(GoTool.PROMTOOL.locate(progress));
    }

    /**
     * Runs a command and returns all that it said.
     *
     * @throws TestbedException with what it said, if it ends with another exit code than 0
     */
    public String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new TestbedException("promtool " + String.join(" ", arguments) + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while promtool ran", e);
        }
    }
}
