package io.tidegate.it.query;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** Tells a Prometheus how much waits, and how busy each replica is with a load that all share. */
final class LoadExporter implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile double queued;
    private volatile double load;

    /**
     * @param replicas how many share the load
     */
    LoadExporter(DoubleSupplier replicas) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/metrics", exchange -> {
            byte[] page = """
                    work_queued{part="a"} %f
                    work_queued{part="b"} 0
                    work_busy_ratio %f
                    """.formatted(queued, load / Math.max(1, replicas.getAsDouble()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            try (exchange) {
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void queue(double waiting) {
        queued = waiting;
    }

    void load(double shared) {
        load = shared;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
