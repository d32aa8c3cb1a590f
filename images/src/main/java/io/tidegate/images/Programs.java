package io.tidegate.images;

import io.tidegate.testbed.process.ProgramRun;
import io.tidegate.testbed.process.TestbedException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of this machine that run to their end. */
final class Programs {

    private static final int LINES_TOLD = 15;

    private Programs() {}

    /** The program of this name in the folders of a PATH. */
    static Optional<Path> find(String name, String path) {
        return Arrays.stream(path.split(":", -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * Runs a command and gives what it printed to its standard output.
     *
     * @param purpose for the message, such as "unpack libc6"
     * @throws TestbedException with what it said last, when it failed
     */
    static String run(String purpose, Path folder, List<String> command) {
        try {
            ProgramRun run = ProgramRun.of(command, folder, Map.of());
            if (run.exitCode() != 0) {
                throw new TestbedException("Cannot " + purpose + ": " + command.getFirst() + " failed with exit code "
                        + run.exitCode() + ":\n" + last(run.output() + run.errors()));
            }
            return run.output();
        } catch (UncheckedIOException e) {
            throw new TestbedException("Cannot " + purpose + ": " + e.getMessage(), e);
        }
    }

    private static String last(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }
}
