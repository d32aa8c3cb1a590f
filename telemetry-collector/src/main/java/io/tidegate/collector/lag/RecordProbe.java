package io.tidegate.collector.lag;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Looks whether a consumer would receive anything of a stretch. Records of transactions that were aborted, or are still open, count:
 * a consumer that reads uncommitted records receives them. What ends a transaction, a control record, reaches no consumer.
 */
public interface RecordProbe extends AutoCloseable {

    /**
     * Looks at stretches of different partitions and returns at once. The answer comes within a few seconds, never as an exception;
     * a stretch that it lacks is {@link Finding#UNKNOWN}.
     */
    CompletionStage<Map<Stretch, Finding>> look(Collection<Stretch> stretches);

    @Override
    void close();

    /** What was found. */
    enum Finding {
        /** No consumer receives anything. */
        EMPTY,
        /** Some consumer receives a record. */
        HELD,
        /** Reading the topic is not allowed. */
        DENIED,
        /** It could not be told. */
        UNKNOWN;

        /** For metrics. */
        String label() {
            return switch (this) {
                case EMPTY -> "empty";
                case HELD -> "held";
                case DENIED -> "denied";
                case UNKNOWN -> "unknown";
            };
        }
    }
}
