package io.tidegate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/** A subscriber that is not ours: plain Python, with nothing of Tidegate but its AsyncAPI document and schemas. */
final class PythonConsumer {

    private static final Path SOURCES = Path.of("src", "test", "python");
    private static final Path CONTRACTS =
            Path.of("..", "contracts", "src", "main", "resources", "io", "tidegate", "contracts");
    private static final Path ENVIRONMENT = Path.of("target", "python");
    private static final long LIMIT_SECONDS = 300;
    private static final AtomicBoolean SAID_UNAVAILABLE = new AtomicBoolean();

    private PythonConsumer() {}

    /**
     * What it says of the topics whose names begin with the prefix.
     *
     * @param exitCode 0 if it read all and nothing was wrong
     * @param summary what it printed
     */
    record Result(int exitCode, JsonNode summary) {}

    /** Installs what it needs, where that is not done yet, and lets it read from the beginning to where the topics end now. */
    static Result read(String bootstrapServers, String prefix) {
        Path python = installed();
        Path output = ENVIRONMENT.resolve("summary.json");
        int exitCode = run(
                output,
                ENVIRONMENT.resolve("client.log"),
                python.toString(),
                SOURCES.resolve("read_events.py").toString(),
                "--bootstrap-servers",
                bootstrapServers,
                "--contracts",
                CONTRACTS.toString(),
                "--prefix",
                prefix);
        try {
            return new Result(exitCode, new ObjectMapper().readTree(Files.readString(output)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The interpreter that has all that is needed. */
    static Path installed() {
        Path python = ENVIRONMENT.resolve("bin").resolve("python");
        Path requirements = SOURCES.resolve("requirements.txt");
        Path done = ENVIRONMENT.resolve("requirements.txt");
        try {
            if (Files.exists(done) && Files.mismatch(requirements, done) < 0) {
                return python;
            }
            requirePython();
            Files.createDirectories(ENVIRONMENT);
            Path log = ENVIRONMENT.resolve("install.log");
            require(run(log.resolveSibling("install.out"), log, "python3", "-m", "venv", ENVIRONMENT.toString()), log);
            List<String> install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install"));
            install.addAll(List.of("--quiet", "--disable-pip-version-check", "--require-hashes"));
            install.addAll(List.of("-r", requirements.toString()));
            require(run(log.resolveSibling("install.out"), log, install.toArray(String[]::new)), log);
            Files.copy(requirements, done);
            return python;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requirePython() throws IOException {
        Path version = ENVIRONMENT.resolveSibling("python-version.txt");
        String isNewEnough = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
        boolean there;
        try {
            there = run(version, version.resolveSibling("python-version.log"), "python3", "-c", isNewEnough) == 0;
        } catch (UncheckedIOException e) {
            there = false;
        }
        if (!there) {
            String sentence = "Skipping the tests with a Python consumer: they need python3 3.10 or later with venv.";
            if (!SAID_UNAVAILABLE.getAndSet(true)) {
                System.out.println(sentence);
            }
            Assumptions.abort(sentence);
        }
    }

    private static void require(int exitCode, Path log) throws IOException {
        if (exitCode != 0) {
            throw new AssertionError("could not set up Python: " + Files.readString(log));
        }
    }

    private static int run(Path output, Path errors, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.to(output.toFile()))
                    .redirectError(Redirect.to(errors.toFile()))
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end in " + LIMIT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
