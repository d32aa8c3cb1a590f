package io.tidegate.autoscaler.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.ScaleApi.Answer;
import io.tidegate.autoscaler.targets.ScalePath;
import io.tidegate.contracts.wire.TraceParent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a write has on the wire. */
class KubernetesWriteTest {

    private static final TraceParent TRACE = TraceParent.derived("attempt");
    private static final ScalePath ORDERS = new ScalePath("apps/v1", "deployments", "sales", "orders");

    @Test
    void namesTheAttemptAndItsPlaceInTheTrace() throws IOException {
        List<Headers> requests = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/apis/apps/v1/namespaces/sales/deployments/orders/scale", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestHeaders());
                byte[] scale = "{\"spec\":{\"replicas\":5}}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, scale.length);
                exchange.getResponseBody().write(scale);
            }
        });
        server.start();
        try (KubernetesClient client = client(server.getAddress().getPort())) {
            KubernetesScale api = new KubernetesScale(client, Duration.ofSeconds(5));

            assertEquals(new Answer.Size(5), api.write(ORDERS, 2, 5, new Attempt("d-1-1", TRACE)));
            assertEquals(new Answer.Size(5), api.write(ORDERS, 2, 5, new Attempt("d-1-2", null)));
        } finally {
            server.stop(0);
        }

        assertEquals("d-1-1", requests.get(0).getFirst("Audit-ID"));
        assertEquals(TRACE.toString(), requests.get(0).getFirst("traceparent"));
        assertEquals("d-1-2", requests.get(1).getFirst("Audit-ID"));
        assertNull(requests.get(1).getFirst("traceparent"));
    }

    private static KubernetesClient client(int port) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
