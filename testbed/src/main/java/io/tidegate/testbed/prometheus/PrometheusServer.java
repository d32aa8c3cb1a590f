package io.tidegate.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.gotool.GoTool;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import io.tidegate.testbed.services.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A Prometheus that reads others each second, such as the services. */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final URI address;
    private final PrometheusApi api;
    private final ChildProcess process;

    private PrometheusServer(URI address, ChildProcess process) {
        this.address = address;
        this.api = new PrometheusApi(address);
        this.process = process;
    }

    /**
     * What is read.
     *
     * @param job its name
     * @param address where it is
     * @param path where its metrics are
     */
    public record Exporter(String job, URI address, String path) {}

    /**
     * What is evaluated, and where alerts go.
     *
     * @param rules folder of the files {@code *.rules.yaml}
     * @param alertmanager who is told of alerts
     */
    public record Alerting(Path rules, URI alertmanager) {}

    /**
     * One that reads the services and evaluates the shipped rules. Builds it if that was never done, starts it and waits until
     * it answers.
     *
     * @param folder where its data and configuration are
     */
    public static PrometheusServer start(List<ServiceProcess> services, Path folder, Progress progress) {
        return start(
                configuration(rules(TestbedHome.root().resolve("grafana-dashboards/rules")), exporters(services)),
                folder,
                progress);
    }

    /** As {@link #start(List, Path, Progress)}, for one that evaluates other rules and tells their alerts. */
    public static PrometheusServer start(
            List<ServiceProcess> services, Alerting alerting, Path folder, Progress progress) {
        String alertmanagers = "alerting: {alertmanagers: [{static_configs: [{targets: [\"%s\"]}]}]}\n"
                .formatted(alerting.alertmanager().getAuthority());
        return start(configuration(rules(alerting.rules()) + alertmanagers, exporters(services)), folder, progress);
    }

    /** As {@link #start(List, Path, Progress)}, for one that reads something else and evaluates nothing. */
    public static PrometheusServer reading(Exporter exporter, Path folder, Progress progress) {
        return start(configuration("", List.of(exporter)), folder, progress);
    }

    private static PrometheusServer start(String settings, Path folder, Progress progress) {
        Path program = GoTool.PROMETHEUS.locate(progress);
        URI address = URI.create("http://127.0.0.1:" + FreePorts.next());
        try {
            Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), settings);
            List<String> command = List.of(
                    program.toString(),
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=" + address.getAuthority(),
                    "--enable-feature=exemplar-storage",
                    "--log.level=warn");
            PrometheusServer server = new PrometheusServer(
                    address, ChildProcess.start(ProcessSpec.disposable("prometheus", command, folder)));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try {
            Waiting.until(
                    () -> {
                        process.requireAlive();
                        return status("/-/ready") == 200;
                    },
                    Duration.ofMillis(100),
                    READY_WITHIN,
                    "Prometheus did not become ready");
        } catch (TestbedException e) {
            close();
            throw e;
        }
    }

    /** Where its API is. */
    public URI address() {
        return address;
    }

    /**
     * The series that a query gives now.
     *
     * @throws TestbedException with its words, if it refuses
     */
    public JsonNode query(String expr) {
        return api.at(expr, Instant.now());
    }

    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (TestbedException e) {
            return 503;
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TestbedException("Prometheus does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while asking Prometheus", e);
        }
    }

    private static String rules(Path folder) {
        return "rule_files: [\"%s/*.rules.yaml\"]\n".formatted(folder);
    }

    private static List<Exporter> exporters(List<ServiceProcess> services) {
        return services.stream()
                .map(service -> new Exporter(service.process().name(), service.address(), "/q/metrics"))
                .toList();
    }

    private static String configuration(String rules, List<Exporter> exporters) {
        StringBuilder text = new StringBuilder("""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 5s}
            %sscrape_configs:
            """.formatted(rules));
        for (Exporter exporter : exporters) {
            text.append("""
                      - job_name: %s
                        honor_labels: true
                        scrape_protocols: [OpenMetricsText1.0.0]
                        fallback_scrape_protocol: PrometheusText0.0.4
                        metrics_path: %s
                        static_configs: [{targets: ["%s"]}]
                    """.formatted(
                            exporter.job(), exporter.path(), exporter.address().getAuthority()));
        }
        return text.toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
