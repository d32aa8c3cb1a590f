package io.tidegate.images;

import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
            Files.createDirectories(folder);
            Path errors = Files.createTempFile("tidegate-images-", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(errors.toFile())
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new TestbedException("Cannot " + purpose + ": " + command.getFirst()
                            + " failed with exit code " + process.exitValue() + ":\n"
                            + last(output + Files.readString(errors)));
                }
                return output;
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new TestbedException("Cannot " + purpose + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted: " + purpose + ".", e);
        }
    }

    private static String last(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
    }
}
