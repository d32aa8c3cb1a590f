package io.tidegate.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.testbed.gotool.GoTool;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.FreePorts;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.process.TestbedException;
import io.tidegate.testbed.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An Alertmanager that stands alone. */
public final class AlertmanagerServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final URI address;
    private final ChildProcess process;

    private AlertmanagerServer(URI address, ChildProcess process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Builds it if that was never done, starts it and waits until it answers.
     *
     * @param configuration its configuration file
     * @param folder where its data are
     */
    public static AlertmanagerServer start(Path configuration, Path folder, Progress progress) {
        Path program = GoTool.ALERTMANAGER.locate(progress);
        URI address = URI.create("http://127.0.0.1:" + FreePorts.next());
        List<String> command = List.of(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("alertmanager-data"),
                "--web.listen-address=" + address.getAuthority(),
                "--cluster.listen-address=",
                "--log.level=warn");
        AlertmanagerServer server = new AlertmanagerServer(
                address, ChildProcess.start(ProcessSpec.disposable("alertmanager", command, folder)));
        try {
            Waiting.until(server::ready, Duration.ofMillis(100), READY_WITHIN, "Alertmanager did not become ready");
        } catch (TestbedException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * Has its own tool check a configuration, and gives what that said.
     *
     * @throws TestbedException with what it said, if the configuration is not right
     */
    public static String check(Path configuration, Progress progress) {
        List<String> command =
                List.of(GoTool.AMTOOL.locate(progress).toString(), "check-config", configuration.toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new TestbedException("amtool check-config " + configuration + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while amtool ran", e);
        }
    }

    /** Where its API is. */
    public URI address() {
        return address;
    }

    /** The alerts that it knows, as its API tells them: those that are inhibited, too. */
    public JsonNode alerts() {
        try {
            return new JsonMapper().readTree(get("/api/v2/alerts").body());
        } catch (IOException e) {
            throw new TestbedException("Alertmanager does not answer: " + e.getMessage(), e);
        }
    }

    private boolean ready() {
        process.requireAlive();
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("Interrupted while asking Alertmanager", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
