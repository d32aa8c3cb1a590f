package io.tidegate.it.deploy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.it.Subject;
import io.tidegate.replay.ReplayCommand;
import io.tidegate.testbed.files.TestbedHome;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import io.tidegate.testbed.junit.SharedTestbed;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.services.ServiceKind;
import io.tidegate.testbed.services.ServiceProcess;
import io.tidegate.testbed.services.TidegateServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An engine decides for show beside the running one, is compared with it, and takes its place. */
@OnTestbed
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BlueGreenIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BLUE = "tidegate/policy-engine";
    private static final String GREEN = "tidegate/policy-engine-green";
    private static final String GREEN_TARGETS = Topics.shadow(Topics.TARGETS, "green");

    private final SharedTestbed testbed;
    private final TidegateServices services;
    private final Subject orders;

    BlueGreenIT(SharedTestbed testbed, Isolation isolation) throws ExecutionException, InterruptedException {
        this.testbed = testbed;
        this.services = TidegateServices.start(testbed, Progress.console());
        this.orders = Subject.create(testbed, isolation.namespace(), "orders");
    }

    @AfterAll
    void stop() {
        orders.close();
        services.close();
    }

    @Test
    @Order(1)
    void theShadowDecidesTheSameAndCarriesNothingOut() throws ExecutionException, InterruptedException, IOException {
        Map<TopicPartition, Long> begin = ends(Topics.TARGETS);
        ServiceProcess shadow = green("green-shadow", true);
        shadow.awaitReady(SOON);
        orders.policy("orders");
        for (int round = 0; round < 3; round++) {
            orders.produce(35);
            await().atMost(SOON).until(() -> orders.replicas() == 4);
            orders.commitAll();
            await().atMost(SOON).until(() -> orders.replicas() == 0);
        }
        // Positions are committed each second.
        await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> assertEquals(0, compare()));
        assertEquals(Set.of(BLUE), sources(Topics.TARGETS, begin));
        assertEquals(Set.of(GREEN), sources(GREEN_TARGETS, Map.of()));
    }

    @Test
    @Order(2)
    void greenDoesNotTellTargetsWhileItsShadowOrBlueDoes() throws InterruptedException {
        ServiceProcess green = green("green", false);
        waits(green, "decides for show only: stop it first");

        process("green-shadow").close();
        waits(green, "the engine of the source " + BLUE + " tells targets: stop it first");
        assertEquals(Set.of(BLUE), sources(Topics.TARGETS, Map.of()));
    }

    @Test
    @Order(3)
    void greenTakesThePlaceOfBlueWithWhatItKnows() throws ExecutionException, InterruptedException {
        long sequence = Long.parseLong(orders.status("orders", "sequence"));
        ServiceProcess blue = process("policy-engine-0");
        blue.process().stop(Duration.ofSeconds(15));
        Map<TopicPartition, Long> begin = ends(Topics.TARGETS);
        process("green").awaitReady(SOON);

        orders.produce(25);
        await().atMost(SOON).until(() -> orders.replicas() == 3);
        await().atMost(SOON).until(() -> Long.parseLong(orders.status("orders", "sequence")) > sequence);
        assertEquals(Set.of(GREEN), sources(Topics.TARGETS, begin));
    }

    @Test
    @Order(4)
    void blueThatIsStartedAgainWaits() throws InterruptedException {
        Map<TopicPartition, Long> begin = ends(Topics.TARGETS);
        ServiceProcess blue = process("policy-engine-0");
        blue.restart();
        waits(blue, "the engine of the source " + GREEN + " tells targets: stop it first");
        assertEquals(Set.of(GREEN), sources(Topics.TARGETS, begin));
    }

    private ServiceProcess green(String instance, boolean shadow) {
        return services.add(
                ServiceKind.POLICY_ENGINE,
                instance,
                Map.of("TIDEGATE_VARIANT", "green", "TIDEGATE_SHADOW", String.valueOf(shadow)));
    }

    private ServiceProcess process(String instance) {
        return services.processes().stream()
                .filter(service -> service.process().name().equals(instance))
                .findFirst()
                .orElseThrow();
    }

    private static void waits(ServiceProcess engine, String reason) {
        await("waits since " + reason).atMost(SOON).until(() -> {
            ServiceProcess.Answer answer = engine.get("/q/health/ready");
            return answer.statusCode() == 503 && answer.body().contains(reason);
        });
    }

    /** The exit code of what {@code ./tidegate compare} runs. */
    private int compare() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        TestbedHome.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayCommand.class.getName(),
                        "compare",
                        "--bootstrap",
                        testbed.broker().bootstrapServers(),
                        "--variant",
                        "green")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertTrue(code != 0 || said.contains(" the same, 0 not"), said);
        return code;
    }

    /** Who wrote the records of a topic, from some offsets on. */
    private Set<String> sources(String topic, Map<TopicPartition, Long> from) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.beginningOffsets(partitions)
                    .forEach((partition, begin) -> consumer.seek(partition, from.getOrDefault(partition, begin)));
            Set<String> sources = new HashSet<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Header source = record.headers().lastHeader("ce_source");
                    sources.add(source == null ? "" : new String(source.value(), StandardCharsets.UTF_8));
                });
            }
            return sources;
        }
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(topic));
        }
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", testbed.broker().bootstrapServers(), "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
