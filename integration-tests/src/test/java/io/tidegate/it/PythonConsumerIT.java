package io.tidegate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.DeadLetterHeaders;
import io.tidegate.testbed.broker.KafkaBroker;
import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is written can be read by whoever has the published documents, with another Kafka client and another JSON library. */
@OnTestbed
class PythonConsumerIT {

    @Test
    void readsAndChecksTheRecordsOfAllTopics(KafkaBroker broker, Isolation isolation)
            throws InterruptedException, ExecutionException {
        GoldenTopics topics = GoldenTopics.create(broker.bootstrapServers(), isolation.name(""));
        List<GoldenTopics.Message> messages = new ArrayList<>(GoldenTopics.messages());
        messages.add(GoldenTopics.message("policy.full").to(Topics.POLICIES));
        messages.add(GoldenTopics.message("workload.gone").to(Topics.WORKLOADS));
        messages.add(GoldenTopics.message("tick.one")
                .withBody("{")
                .withHeader(DeadLetterHeaders.REASON, "the body is not a valid tick")
                .to(Topics.deadLetter(Topics.FACTS)));
        topics.send(messages);

        PythonConsumer.Result result = PythonConsumer.read(broker.bootstrapServers(), isolation.name(""));

        assertEquals(List.of(), problems(result.summary()));
        assertEquals(0, result.exitCode());
        assertEquals(
                Map.of(
                        "tidegate.decisions", "3 decision",
                        "tidegate.facts", "4 outcome, 13 policy, 10 sample, 1 tick, 5 workload",
                        "tidegate.facts.dlq", "1 tick",
                        "tidegate.policies", "1 policy",
                        "tidegate.targets", "1 heartbeat, 7 target",
                        "tidegate.targets.dlq", "",
                        "tidegate.workloads", "1 workload"),
                types(result.summary()));
    }

    @Test
    void findsEachRecordThatBreaksTheContract(KafkaBroker broker, Isolation isolation)
            throws InterruptedException, ExecutionException {
        GoldenTopics topics = GoldenTopics.create(broker.bootstrapServers(), isolation.name(""));
        GoldenTopics.Message tick = GoldenTopics.message("tick.one");
        GoldenTopics.Message sample = GoldenTopics.message("sample.offsets");
        topics.send(List.of(
                tick.withBody("{\"partition\": 7}"),
                tick.withBody("{\"partition\": 7, \"partition\": 7, \"collector\": \"a\"}"),
                tick.withBody("not JSON"),
                tick.withHeader("ce_specversion", "2.0"),
                tick.withHeader("ce_time", "yesterday"),
                tick.withHeader("ce_type", "io.tidegate.tick.v2"),
                tick.to(Topics.DECISIONS),
                tick.to(Topics.deadLetter(Topics.FACTS)),
                sample.withPartition(sample.partition() + 1)));

        PythonConsumer.Result result = PythonConsumer.read(broker.bootstrapServers(), isolation.name(""));

        assertEquals(1, result.exitCode());
        assertEquals(
                List.of(
                        "tidegate.decisions: ce_type is not one of its topic",
                        "tidegate.facts.dlq: the header dead-letter-reason is missing",
                        "tidegate.facts: body: $ breaks required",
                        "tidegate.facts: ce_type is not one of its topic",
                        "tidegate.facts: headers: $.ce_specversion breaks const",
                        "tidegate.facts: it lies in partition 7, not in 6",
                        "tidegate.facts: not readable: Expecting value: line 1 column 1 (char 0)",
                        "tidegate.facts: not readable: Invalid isoformat string: 'yesterday'",
                        "tidegate.facts: not readable: a property is given twice"),
                problems(result.summary()));
    }

    private static List<String> problems(JsonNode summary) {
        return summary.path("problems")
                .valueStream()
                .map(problem -> problem.path("topic").asText() + ": "
                        + problem.path("problem").asText())
                .sorted()
                .toList();
    }

    /** How many records of each type there are in each topic. */
    private static Map<String, String> types(JsonNode summary) {
        return summary.path("topics")
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, topic -> counted(topic.getValue().path("types"))));
    }

    private static String counted(JsonNode counts) {
        Map<String, Integer> byName = new TreeMap<>();
        counts.forEachEntry(
                (type, count) -> byName.put(type.replace("io.tidegate.", "").replace(".v1", ""), count.asInt()));
        return byName.entrySet().stream()
                .map(type -> type.getValue() + " " + type.getKey())
                .collect(Collectors.joining(", "));
    }
}
