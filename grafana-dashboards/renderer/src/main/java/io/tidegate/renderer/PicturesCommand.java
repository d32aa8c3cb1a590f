package io.tidegate.renderer;

import io.tidegate.contracts.wire.KubernetesDuration;
import io.tidegate.renderer.Pictures.Picture;
import io.tidegate.renderer.board.Span;
import io.tidegate.renderer.browser.Chromium;
import io.tidegate.renderer.browser.Drawing.Drawn;
import io.tidegate.testbed.cli.CommandRunner;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.prometheus.PrometheusApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes pictures of the dashboards. */
@Command(
        name = "./tidegate pictures",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a picture of each dashboard, as a PNG named by its uid: reads the dashboards' JSON, asks each query"
                    + " of a Prometheus, and draws the panels in a headless Chromium, lines by uPlot, which draws them"
                    + " in Grafana, too. It is no Grafana: what a picture shows are the dashboards' queries, units,"
                    + " legends, thresholds and layout.",
            "Without --from it plays the demo, with Spark applications, for some minutes, beside a Prometheus that is"
                    + " built once (needs Go 1.26 or later).",
            "A Chromium must be installed, on Debian by apt-get install --no-install-recommends chromium;"
                    + " TIDEGATE_CHROMIUM names another program than the first on the PATH. Texts are in the font Inter,"
                    + " as in Grafana, if it is installed (package fonts-inter)."
        })
public final class PicturesCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "URL", description = "Where a Prometheus is that reads the services.")
    private @Nullable URI from;

    @Option(
            names = "--last",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "With --from, the time that is shown, up to now, such as 15m (default: ${DEFAULT-VALUE}).")
    private String last = "1h";

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How often the Prometheus reads the services, as Grafana's data source is told: no step is"
                    + " shorter, and rates are over four times as long (default: ${DEFAULT-VALUE}).")
    private String interval = "5s";

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "With --from, which workload the dashboard of one workload shows (default: all).")
    private @Nullable String workload;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the pictures go (default: docs/pictures of this repository).")
    private @Nullable Path out;

    private PicturesCommand() {}

    public static void main(String[] arguments) {
        CommandRunner.run(new PicturesCommand(), arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Chromium chromium = Chromium.find(System.getenv()).orElseThrow(() -> new TestbedException(Chromium.MISSING));
        Duration step = duration("--interval", interval);
        URI prometheus = from;
        if (prometheus != null) {
            if (prometheus.getHost() == null) {
                throw new TestbedException(
                        "--from: an address such as http://localhost:9090 is expected: " + prometheus);
            }
            Instant now = Instant.now();
            take(
                    new Pictures(chromium, new PrometheusApi(prometheus)),
                    new Span(now.minus(duration("--last", last)), now, step),
                    Optional.ofNullable(workload));
            return 0;
        }
        try (RunningDemo demo = RunningDemo.play(Progress.console())) {
            demo.withoutSpark().ifPresent(System.out::println);
            take(
                    new Pictures(chromium, new PrometheusApi(demo.prometheus().address())),
                    new Span(demo.startedAt(), Instant.now(), step),
                    Optional.of(RunningDemo.WORKLOAD));
            return 0;
        }
    }

    private void take(Pictures pictures, Span span, Optional<String> shown) throws IOException {
        Path folder = Files.createDirectories(
                Optional.ofNullable(out).orElseGet(() -> TestbedHome.root().resolve("docs/pictures")));
        for (Picture picture : pictures.take(span, shown, folder)) {
            System.out.println(line(picture));
        }
    }

    private static String line(Picture picture) {
        String empty = picture.panels().stream()
                .filter(panel -> !panel.visible())
                .map(Drawn::title)
                .collect(Collectors.joining(", "));
        String cut = picture.panels().stream()
                .filter(panel -> !panel.cut().isEmpty())
                .map(panel -> panel.title() + " (" + panel.cut() + ")")
                .collect(Collectors.joining(", "));
        return "%s: %d panels, %d KB%s%s"
                .formatted(
                        picture.file(),
                        picture.panels().size(),
                        picture.bytes() / 1024,
                        empty.isEmpty() ? "" : "; nothing to show: " + empty,
                        cut.isEmpty() ? "" : "; does not fit: " + cut);
    }

    private static Duration duration(String option, String text) {
        try {
            Duration duration = KubernetesDuration.parse(text);
            if (duration.toSeconds() >= 1) {
                return duration;
            }
            throw new TestbedException(option + ": a second or more is expected: " + text);
        } catch (IllegalArgumentException e) {
            throw new TestbedException(option + ": " + e.getMessage(), e);
        }
    }
}
