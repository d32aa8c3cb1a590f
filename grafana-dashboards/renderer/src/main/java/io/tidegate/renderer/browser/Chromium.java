package io.tidegate.renderer.browser;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.files.FileTree;
import io.tidegate.testbed.process.TestbedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A headless Chromium that draws one page and ends. It reaches no network: the page is a file that loads nothing. */
public final class Chromium {

    /** What to do where there is none. */
    public static final String MISSING = "No Chromium is installed: on Debian, apt-get install --no-install-recommends"
            + " chromium; elsewhere, set TIDEGATE_CHROMIUM to the program of a Chromium or Chrome.";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final Path ON_A_MAC = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final int SECONDS = 120;
    private static final Pattern REPORT =
            Pattern.compile("<script id=\"report\" type=\"application/json\">(.*?)</script>", Pattern.DOTALL);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path program;

    private Chromium(Path program) {
        this.program = program;
    }

    /** The one that TIDEGATE_CHROMIUM names, else the first on the PATH. */
    public static Optional<Chromium> find(Map<String, String> environment) {
        String configured = environment.getOrDefault("TIDEGATE_CHROMIUM", "");
        Stream<Path> candidates = configured.isBlank() ? usual(environment) : Stream.of(Path.of(configured));
        return candidates
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst()
                .map(Chromium::new);
    }

    private static Stream<Path> usual(Map<String, String> environment) {
        List<String> folders = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name ->
                        folders.stream().filter(folder -> !folder.isBlank()).map(folder -> Path.of(folder, name)));
        return Stream.concat(onPath, Stream.of(ON_A_MAC));
    }

    /** Where it is. */
    public Path program() {
        return program;
    }

    /** Draws a page. */
    public Drawing draw(Page page) {
        try {
            Path folder = Files.createTempDirectory("tidegate-pictures-");
            try {
                return draw(page, folder);
            } finally {
                FileTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Drawing draw(Page page, Path folder) throws IOException {
        Path html = Files.writeString(folder.resolve("page.html"), page.html());
        Path picture = folder.resolve("page.png");
        Path tree = folder.resolve("page.tree");
        Path log = folder.resolve("browser.log");
        ProcessBuilder builder = new ProcessBuilder(command(page, html, picture, folder.resolve("profile")))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(tree.toFile())
                .redirectError(log.toFile());
        // Times stand on the page, and must not depend on where it is drawn.
        builder.environment().put("TZ", "UTC");
        int exitCode = run(builder);
        if (exitCode != 0 || !Files.isRegularFile(picture)) {
            throw new TestbedException("%s took no picture (exit code %d):%n%s"
                    .formatted(program, exitCode, Files.readString(log).strip()));
        }
        return new Drawing(ImageIO.read(picture.toFile()), panels(Files.readString(tree)));
    }

    private List<String> command(Page page, Path html, Path picture, Path profile) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--force-color-profile=srgb",
                "--user-data-dir=" + profile,
                "--window-size=" + page.width() + "," + page.height(),
                "--virtual-time-budget=10000",
                "--screenshot=" + picture,
                "--dump-dom"));
        if (System.getProperty("user.name", "").equals("root")) {
            // Chromium's sandbox does not start for root.
            command.add("--no-sandbox");
        }
        command.add(html.toUri().toString());
        return command;
    }

    private int run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new TestbedException(program + " drew no page within " + SECONDS + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while " + program + " draws.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What the page says of itself once it is drawn. */
    static List<Drawing.Drawn> panels(String tree) throws IOException {
        Matcher report = REPORT.matcher(tree);
        if (!report.find()) {
            throw new TestbedException("The page was not drawn to its end.");
        }
        JsonNode json = MAPPER.readTree(report.group(1));
        if (json.has("failure")) {
            throw new TestbedException(
                    "The page can't be drawn: " + json.path("failure").asText());
        }
        return MAPPER.convertValue(json.path("panels"), new TypeReference<List<Drawing.Drawn>>() {});
    }
}
