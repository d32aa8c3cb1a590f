package io.tidegate.it.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.it.TopicContents;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The three services, a namespace whose drivers send hostile inputs, another one, and neighbours that must not notice. */
final class HostileScene implements AutoCloseable {

    private final SharedTestbed testbed;
    private final TidegateServices services;
    private final Map<ServiceProcess, Long> processes;
    private final Drivers drivers;
    private final Drivers foreign;
    private final Neighbours neighbours;

    /** Starts all. */
    HostileScene(SharedTestbed testbed, Isolation isolation) throws ExecutionException, InterruptedException {
        this.testbed = testbed;
        Map<String, String> impatient = Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", "10s");
        Map<String, String> asking = new HashMap<>(impatient);
        asking.putAll(Map.of("TIDEGATE_PROMETHEUS_PERIOD", "1s", "TIDEGATE_PROMETHEUS_TIMEOUT", "2s"));
        this.services = TidegateServices.start(
                testbed,
                Progress.console(),
                Map.of(
                        ServiceKind.TELEMETRY_COLLECTOR,
                        asking,
                        ServiceKind.POLICY_ENGINE,
                        impatient,
                        ServiceKind.AUTOSCALER,
                        impatient));
        this.processes = services.processes().stream()
                .collect(Collectors.toMap(
                        service -> service, service -> service.process().pid()));
        this.drivers = new Drivers(client(), isolation.namespace());
        this.foreign = new Drivers(client(), isolation.prefix() + "-foreign");
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(foreign.namespace())
                        .endMetadata()
                        .build())
                .create();
        drivers.account();
        foreign.account();
        try {
            this.neighbours = new Neighbours(
                    testbed, isolation.prefix() + "-good", drivers, service(ServiceKind.TELEMETRY_COLLECTOR));
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    SharedTestbed testbed() {
        return testbed;
    }

    KubernetesClient client() {
        return testbed.controlPlane().client();
    }

    ServiceProcess service(ServiceKind kind) {
        return services.process(kind);
    }

    /** Those of the namespace that sends hostile inputs. */
    Drivers drivers() {
        return drivers;
    }

    /** Those of another namespace. */
    Drivers foreign() {
        return foreign;
    }

    /** Does something hostile, during and after which neighbours are served, processes live on, and logs stay as they should be. */
    <T> T unmoved(Supplier<T> hostile) throws ExecutionException, InterruptedException {
        ServiceLogs logs = ServiceLogs.from(services.processes());
        T result = neighbours.during(hostile);
        logs.assertUnmoved(SparkBodies.CANARY);
        processes.forEach((service, pid) -> {
            assertTrue(service.process().isAlive(), () -> service.kind() + " has died");
            assertEquals(pid, service.process().pid());
            assertEquals(200, service.get("/q/health/ready").statusCode(), () -> service.kind() + " is not ready");
        });
        return result;
    }

    /** The value of a series of a service; 0 if it is not there. */
    double metric(ServiceKind kind, String series) {
        return service(kind)
                .get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    /** Texts of records of Tidegate's own topics that hold some words. */
    List<String> told(String words) {
        List<String> found = new ArrayList<>();
        TopicContents.forEach(testbed.broker().bootstrapServers(), topic -> topic.startsWith("tidegate."), record -> {
            String text = text(record);
            if (text.contains(words)) {
                found.add(record.topic() + " " + text);
            }
        });
        return found;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** Nothing of what was sent has got further than to where it was refused. */
    void assertNothingGotThrough() {
        assertEquals(List.of(), told(SparkBodies.CANARY));
        services.processes()
                .forEach(service -> List.of("/q/metrics", "/q/health")
                        .forEach(path -> assertTrue(
                                !service.get(path).body().contains(SparkBodies.CANARY), () -> service.kind() + path)));
    }

    @Override
    public void close() {
        neighbours.close();
        client().namespaces().withName(foreign.namespace()).delete();
        services.close();
    }
}
