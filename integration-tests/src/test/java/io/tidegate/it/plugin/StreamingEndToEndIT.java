package io.tidegate.it.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.kubelet.ProcessKubelet;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.TidegateServices;
import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The executors of a query follow what arrives on its topic: policy, three services, plugin, executors, files. */
@OnTestbed
@Tag("spark")
class StreamingEndToEndIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Duration TRIGGER = Duration.ofSeconds(10);
    private static final int PARTITIONS = 8;
    /** So that a slot processes nearly 100 records/s. */
    private static final int RECORD_MICROS = 10_000;

    /**
     * It keeps slots busy for 0.62 of the time. Of half of the trigger interval, 1 to 1.5 s go into what a batch does besides
     * its tasks, which leaves each slot 0.35 to 0.4 of the time: two are enough, and three or four for twice as much.
     */
    private static final int RATE = 52;

    private static final int FEW = 2;
    private static final int BATCHES_UP = 2;
    private static final int BATCHES_DOWN = 5;
    private static final int SETTLED_BATCHES = 3;

    private final SharedTestbed testbed;
    private final String namespace;
    private final TidegateServices services;

    StreamingEndToEndIT(SharedTestbed testbed, ProcessKubelet kubelet, Isolation isolation) {
        testbed.requireSpark();
        assertFalse(kubelet.node().isBlank(), "executors need a process node");
        this.testbed = testbed;
        this.namespace = isolation.namespace();
        this.services = TidegateServices.start(testbed, Progress.console());
    }

    @AfterEach
    void stopServices() {
        services.close();
    }

    private void policy() {
        GenericKubernetesResource policy =
                Serialization.unmarshal("""
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: clicks, namespace: %s}
                spec:
                  selector: {matchLabels: {app: clicks}}
                  executors: {min: 1, max: 6}
                  spark: {query: clicks}
                  objective: {maxLatency: 30s, batchOverTrigger: 0.5}
                """.formatted(namespace), GenericKubernetesResource.class);
        testbed.controlPlane().client().resource(policy).forceConflicts().serverSideApply();
    }

    private SparkAppSpec spec(String bootstrapServers, String topic, Path folder) {
        return SparkAppSpec.of(namespace, "clicks", SampleApp.STREAMING)
                .withExecutors(FEW)
                .withLabel("app", "clicks")
                .withArguments(
                        "bootstrap=" + bootstrapServers,
                        "topic=" + topic,
                        "folder=" + folder,
                        "query=clicks",
                        "recordMicros=" + RECORD_MICROS,
                        "triggerMillis=" + TRIGGER.toMillis(),
                        "shufflePartitions=" + PARTITIONS);
    }

    @Test
    void executorsFollowTheArrivalsUpWithinTwoBatchesAndDownWithinFive(KafkaBroker broker) throws Exception {
        Path folder = testbed.directory().folder("streaming/" + namespace);
        String collector =
                services.process(ServiceKind.TELEMETRY_COLLECTOR).address().toString();
        policy();
        try (SteadyArrivals arrivals =
                        new SteadyArrivals(broker.bootstrapServers(), namespace + ".clicks", PARTITIONS);
                PluginApp app = PluginApp.submit(
                        testbed, spec(broker.bootstrapServers(), arrivals.topic(), folder), collector)) {
            BatchTable batches = new BatchTable(app);
            try {
                var unused = app.app().awaitExecutors(FEW, LONG);
                arrivals.rate(RATE);
                settled(batches, executors -> executors == FEW);
                int warm = batches.size() - SETTLED_BATCHES;
                change(arrivals, batches, 2 * RATE);
                follows(app, batches, executors -> executors > FEW, BATCHES_UP);
                settled(batches, executors -> executors > FEW);
                change(arrivals, batches, RATE);
                follows(app, batches, executors -> executors == FEW, BATCHES_DOWN);
                settled(batches, executors -> executors == FEW);
                assertTrue(
                        batches.rows().stream().skip(warm).allMatch(row -> row.millis() < TRIGGER.toMillis()),
                        "a batch took longer than its trigger interval");
            } finally {
                System.out.println(batches.print(TRIGGER));
            }
            long sent = arrivals.end();
            Files.createFile(folder.resolve("stop"));
            assertEquals("lines=" + sent + " records=" + sent, app.app().awaitResult(LONG));
            assertEquals(0, app.logged("FetchFailed"));
            assertEquals(0, app.logged("Lost task"));
        }
    }

    /** Waits until some batches in a row, from the present one on, had one size, and this is as expected. */
    private static void settled(BatchTable batches, IntPredicate expected) {
        int from = batches.size();
        await().until(() -> {
            List<BatchTable.Row> rows = batches.look().rows();
            int size = rows.size();
            return size - from >= SETTLED_BATCHES
                    && expected.test(rows.getLast().running())
                    && rows.subList(size - SETTLED_BATCHES, size).stream()
                            .allMatch(row -> row.asked() == rows.getLast().running()
                                    && row.running() == rows.getLast().running());
        });
    }

    /** Just after the end of a batch, so that the next one has some of both rates. */
    private static void change(SteadyArrivals arrivals, BatchTable batches, int rate) {
        arrivals.rate(rate);
        batches.note(rate + " records/s from here on");
    }

    /** Waits until as many executors run as are asked for; no more than so many batches may end before. */
    private static void follows(PluginApp app, BatchTable batches, IntPredicate expected, int most) {
        int from = batches.size();
        await().until(() -> {
            int ended = batches.look().size() - from;
            assertTrue(ended <= most, "executors did not follow within " + most + " batches");
            int asked = app.answered("cap");
            return expected.test(asked) && batches.executors() == asked;
        });
        batches.note(batches.executors() + " executors after " + (batches.size() - from) + " batches");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(300));
    }
}
