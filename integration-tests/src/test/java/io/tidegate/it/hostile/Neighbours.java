package io.tidegate.it.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.it.Subject;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.services.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A Deployment in a namespace of its own, and a driver in that of those who send hostile inputs, which have to go on as if nothing were. */
final class Neighbours implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DRIVER = "good-driver";

    private final KubernetesClient client;
    private final ServiceProcess collector;
    private final String namespace;
    private final Subject orders;
    private final String token;

    Neighbours(Parts parts, String namespace, Drivers drivers, ServiceProcess collector)
            throws ExecutionException, InterruptedException {
        this.client = parts.controlPlane().client();
        this.collector = collector;
        this.namespace = namespace;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        this.orders = Subject.create(parts, namespace, "orders");
        orders.policy("orders");
        drivers.policy(DRIVER);
        drivers.create(DRIVER, Map.of(Drivers.ANSWER, Drivers.GOOD_ANSWER));
        await().atMost(SOON)
                .until(() -> drivers.annotation(DRIVER, Drivers.DESIRED).contains("\"cap\":2"));
        this.token = drivers.token(DRIVER, Drivers.AUDIENCE);
    }

    /** Does something hostile while the neighbours are scaled up and down and tell of themselves. */
    <T> T during(Supplier<T> hostile) throws ExecutionException, InterruptedException {
        // A case that failed may have left lag.
        orders.commitAll();
        await("the neighbour rests").atMost(SOON).until(() -> orders.replicas() == 0);
        CompletableFuture<T> done = CompletableFuture.supplyAsync(hostile);
        orders.produce(10);
        await("the neighbour grows").atMost(SOON).until(() -> orders.replicas() == 1);
        RawHttp.Answer answer =
                RawHttp.send(collector.address(), post(token, Drivers.body(Drivers.appId(DRIVER), Instant.now())));
        assertEquals(202, answer.status(), answer::body);
        T result = done.get();
        orders.commitAll();
        await("the neighbour shrinks").atMost(SOON).until(() -> orders.replicas() == 0);
        return result;
    }

    /** A request with a body as the plugin sends it. */
    static byte[] post(String token, String body) {
        return RawHttp.request(
                "POST",
                "/v1/spark/events",
                List.of("Authorization: Bearer " + token, "Content-Type: application/json"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        orders.close();
        client.namespaces().withName(namespace).delete();
    }
}
