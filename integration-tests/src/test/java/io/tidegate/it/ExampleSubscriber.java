package io.tidegate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** One of the example subscribers, as a process of its own. */
final class ExampleSubscriber implements AutoCloseable {

    private static final Path EXAMPLES =
            Path.of("..", "examples", "subscribers").toAbsolutePath().normalize();
    private static final Path NODE = Path.of("target", "node").toAbsolutePath();
    private static final long INSTALL_SECONDS = 120;

    private final Process process;
    private final Path output;
    private final Path errors;

    private ExampleSubscriber(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** The interpreter and the script of the Python example. */
    static List<String> python() {
        return List.of(
                PythonConsumer.installed().toAbsolutePath().toString(),
                EXAMPLES.resolve("python").resolve("scale_events.py").toString());
    }

    /** The interpreter and the script of the Node example; skips the test where Node or its registry is away. */
    static List<String> node() {
        try {
            Files.createDirectories(NODE);
            for (String file : List.of("package.json", "package-lock.json", "scale-events.js")) {
                Path source = EXAMPLES.resolve("node").resolve(file);
                Path copy = NODE.resolve(file);
                if (!Files.exists(copy) || Files.mismatch(source, copy) >= 0) {
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                    Files.deleteIfExists(NODE.resolve("installed"));
                }
            }
            if (!Files.exists(NODE.resolve("installed"))) {
                install();
                Files.createFile(NODE.resolve("installed"));
            }
            return List.of("node", NODE.resolve("scale-events.js").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() {
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(NODE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(NODE.resolve("install.log").toFile())
                    .start();
            if (npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) && npm.exitValue() == 0) {
                return;
            }
            npm.destroyForcibly();
        } catch (IOException e) {
            // There is no npm, which is told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String sentence =
                "Skipping the test of the Node example: it needs node 18.3 or later, and npm with its registry.";
        System.out.println(sentence);
        Assumptions.abort(sentence);
    }

    static ExampleSubscriber start(List<String> program, String... arguments) {
        try {
            Path output = Files.createTempFile("subscriber", ".out");
            Path errors = Files.createTempFile("subscriber", ".err");
            List<String> command = new ArrayList<>(program);
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .redirectError(Redirect.to(errors.toFile()))
                    .start();
            return new ExampleSubscriber(process, output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines() {
        return read(output);
    }

    List<String> errors() {
        return read(errors);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end in 60 s: " + lines() + errors());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
