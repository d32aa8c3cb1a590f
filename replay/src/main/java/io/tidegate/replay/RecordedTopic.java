package io.tidegate.replay;

import io.tidegate.contracts.topic.Topics;
import java.util.Arrays;
import java.util.Optional;

/** The topics that are recorded. */
enum RecordedTopic {
    FACTS(0, Topics.FACTS),
    DECISIONS(1, Topics.DECISIONS);

    private final int number;
    private final String topicName;

    RecordedTopic(int number, String topicName) {
        this.number = number;
        this.topicName = topicName;
    }

    /** What stands for it in a recording. */
    int number() {
        return number;
    }

    String topicName() {
        return topicName;
    }

    static Optional<RecordedTopic> byNumber(int number) {
        return Arrays.stream(values()).filter(topic -> topic.number == number).findFirst();
    }
}
