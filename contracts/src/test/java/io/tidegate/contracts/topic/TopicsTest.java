package io.tidegate.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.topic.Topics.TopicSettings;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void areThoseOfTheContractWithTheirSettings() {
        Map<String, String> thirtyDays = Map.of("cleanup.policy", "delete", "retention.ms", "2592000000");
        Map<String, String> compacted = Map.of("cleanup.policy", "compact");

        assertEquals(
                Map.of(
                        "tidegate.facts",
                        Map.of(
                                "cleanup.policy",
                                "delete",
                                "retention.ms",
                                "691200000",
                                "message.timestamp.type",
                                "LogAppendTime"),
                        "tidegate.decisions",
                        thirtyDays,
                        "tidegate.targets",
                        compacted,
                        "tidegate.policies",
                        compacted,
                        "tidegate.workloads",
                        compacted,
                        "tidegate.facts.dlq",
                        thirtyDays,
                        "tidegate.targets.dlq",
                        thirtyDays),
                Topics.all().stream().collect(Collectors.toMap(TopicSettings::name, TopicSettings::configs)));
    }
}
