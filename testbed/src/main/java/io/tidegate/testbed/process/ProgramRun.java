package io.tidegate.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that was run to its end.
 *
 * @param exitCode 0 where all went well
 * @param output what it printed to its standard output
 * @param errors what it printed to its standard error
 */
public record ProgramRun(int exitCode, String output, String errors) {

    /**
     * Runs a command without input and waits for its end.
     *
     * @param folder where it runs; made if it is not there
     * @param environment variables besides those of this process
     * @throws UncheckedIOException where it cannot be run
     */
    public static ProgramRun of(List<String> command, Path folder, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
            Path errors = Files.createTempFile("tidegate-run-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new ProgramRun(process.waitFor(), output, Files.readString(errors));
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while " + command.getFirst() + " ran.", e);
        }
    }
}
