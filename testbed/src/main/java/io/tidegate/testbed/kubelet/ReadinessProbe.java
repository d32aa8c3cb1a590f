package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessSpec;
import io.tidegate.testbed.process.TestbedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container's readinessProbe: exec, httpGet or tcpSocket, with Kubernetes' periods and thresholds. */
final class ReadinessProbe {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Container container;
    private final Probe probe;
    private final String podIp;
    private final Path folder;
    private final Map<String, String> environment;
    private int successes;
    private int failures;

    ReadinessProbe(Container container, Probe probe, String podIp, Path folder, Map<String, String> environment) {
        this.container = container;
        this.probe = probe;
        this.podIp = podIp;
        this.folder = folder;
        this.environment = environment;
    }

    Duration initialDelay() {
        return Duration.ofSeconds(orDefault(probe.getInitialDelaySeconds(), 0));
    }

    Duration period() {
        return Duration.ofSeconds(Math.max(1, orDefault(probe.getPeriodSeconds(), 10)));
    }

    /** Probes once and gives the readiness that follows; null as long as no threshold is reached. */
    synchronized @Nullable Boolean probe() {
        if (succeeds()) {
            successes++;
            failures = 0;
            return successes >= Math.max(1, orDefault(probe.getSuccessThreshold(), 1)) ? Boolean.TRUE : null;
        }
        failures++;
        successes = 0;
        return failures >= Math.max(1, orDefault(probe.getFailureThreshold(), 3)) ? Boolean.FALSE : null;
    }

    private boolean succeeds() {
        Duration timeout = Duration.ofSeconds(Math.max(1, orDefault(probe.getTimeoutSeconds(), 1)));
        if (probe.getExec() != null) {
            return runs(timeout);
        }
        if (probe.getHttpGet() != null) {
            return answers(probe.getHttpGet(), timeout);
        }
        if (probe.getTcpSocket() != null) {
            return accepts(port(probe.getTcpSocket().getPort()), timeout);
        }
        return false;
    }

    private boolean runs(Duration timeout) {
        ProcessSpec spec = ProcessSpec.disposable(
                        "probe-" + container.getName(), probe.getExec().getCommand(), folder)
                .withEnvironment(environment);
        try (ChildProcess process = ChildProcess.start(spec)) {
            return process.waitFor(timeout) && process.exitCode().orElse(-1) == 0;
        } catch (TestbedException e) {
            return false;
        }
    }

    private boolean answers(HTTPGetAction action, Duration timeout) {
        String scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
        String host = action.getHost() == null ? podIp : action.getHost();
        String path = action.getPath() == null ? "/" : action.getPath();
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(scheme + "://" + host + ":" + port(action.getPort()) + path))
                    .timeout(timeout)
                    .build();
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean accepts(int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(podIp, port), (int) timeout.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int port(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(named -> port.getStrVal().equals(named.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(0);
    }

    private static int orDefault(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
