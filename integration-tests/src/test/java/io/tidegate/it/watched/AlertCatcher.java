package io.tidegate.it.watched;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where an Alertmanager's webhooks end; the path says which receiver was meant. */
final class AlertCatcher implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    /**
     * One alert of one notification.
     *
     * @param receiver who was told
     * @param alert status, labels and annotations
     */
    record Told(String receiver, JsonNode alert) {

        String name() {
            return alert.at("/labels/alertname").asText();
        }

        String label(String label) {
            return alert.path("labels").path(label).asText();
        }

        String annotation(String annotation) {
            return alert.path("annotations").path(annotation).asText();
        }

        boolean firing() {
            return alert.path("status").asText().equals("firing");
        }
    }

    AlertCatcher() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String receiver = exchange.getRequestURI().getPath().substring(1);
                JSON.readTree(exchange.getRequestBody())
                        .path("alerts")
                        .forEach(alert -> told.add(new Told(receiver, alert)));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    URI address(String receiver) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + receiver);
    }

    /** All that was told, in the order of its arrival. */
    List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
