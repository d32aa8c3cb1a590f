package io.tidegate.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example subscribers print scale events of a real broker. */
@OnTestbed
@Tag("deploy")
class SubscribersIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    static Stream<Arguments> examples() {
        Supplier<List<String>> python = ExampleSubscriber::python;
        Supplier<List<String>> node = ExampleSubscriber::node;
        return Stream.of(Arguments.of(Named.of("python", python)), Arguments.of(Named.of("node", node)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsEachDecisionAndOutcomeOnceAndEndsCleanly(
            Supplier<List<String>> example, KafkaBroker broker, Isolation isolation)
            throws InterruptedException, ExecutionException, IOException {
        List<String> program = example.get();
        String prefix = isolation.name("");
        GoldenTopics topics = GoldenTopics.create(broker.bootstrapServers(), prefix);
        GoldenTopics.Message down = GoldenTopics.message("decision.scale-down");
        GoldenTopics.Message applied = GoldenTopics.message("outcome.applied");
        topics.send(List.of(
                down,
                down,
                GoldenTopics.message("decision.hold"),
                down,
                GoldenTopics.message("tick.one"),
                GoldenTopics.message("sample.offsets"),
                applied,
                applied,
                GoldenTopics.message("outcome.refused"),
                GoldenTopics.message("workload.gone"),
                GoldenTopics.message("policy.gone").to(Topics.FACTS)));
        try (ExampleSubscriber subscriber = ExampleSubscriber.start(
                program,
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--group",
                prefix + "subscriber",
                "--workloads",
                "eu/sales/",
                "--from-beginning")) {
            await().atMost(LIMIT)
                    .until(() -> subscriber.lines().size() >= 4
                            || !subscriber.errors().isEmpty());
            topics.send(List.of(GoldenTopics.message("outcome.shadowed")));
            await().atMost(LIMIT)
                    .until(() -> subscriber.lines().size() >= 5
                            || !subscriber.errors().isEmpty());
            subscriber.interrupt();
            assertEquals(0, subscriber.exitCode());
            assertEquals(List.of(), subscriber.errors());
            String start = "2026-01-02T03:04:05.678Z eu/sales/Deployment/orders-ingest ";
            assertEquals(
                    List.of(
                            start + "Applied 9 -> 4: scaled",
                            start + "Hold: Holds at 0: nothing was read yet.",
                            start + "Refused 4 -> 40: exceeded quota: compute",
                            start
                                    + "ScaleDown: 9 -> 4: 812 records/s arrive and 1930 wait; 4 replicas at 228 records/s clear them within 7 s.",
                            start + "Shadowed 0 -> 2: the policy's mode is Shadow"),
                    subscriber.lines().stream().sorted().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void saysInOneSentenceWhatIsWrong(Supplier<List<String>> example, KafkaBroker broker, Isolation isolation)
            throws InterruptedException {
        List<String> program = example.get();
        try (ExampleSubscriber help = ExampleSubscriber.start(program, "--help");
                ExampleSubscriber wrong = ExampleSubscriber.start(program, "--unknown");
                ExampleSubscriber nowhere = ExampleSubscriber.start(program, "--bootstrap-server", "127.0.0.1:1");
                ExampleSubscriber elsewhere = ExampleSubscriber.start(
                        program,
                        "--bootstrap-server",
                        broker.bootstrapServers(),
                        "--topic-prefix",
                        isolation.name("none-"))) {
            assertEquals(0, help.exitCode());
            assertTrue(
                    String.join("\n", help.lines()).contains("--from-beginning"),
                    () -> help.lines().toString());
            assertEquals(2, wrong.exitCode());
            assertEquals(1, nowhere.exitCode());
            assertTrue(
                    nowhere.errors().getFirst().contains("no broker answers"),
                    () -> nowhere.errors().toString());
            assertEquals(1, elsewhere.exitCode());
            assertTrue(
                    elsewhere.errors().getFirst().endsWith("is this the Kafka of Tidegate?"),
                    () -> elsewhere.errors().toString());
            assertEquals(1, elsewhere.errors().size());
        }
    }
}
