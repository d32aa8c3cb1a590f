package io.tidegate.collector.lag;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How a signal is watched at the moment. */
sealed interface SignalState {

    /** For metrics. */
    String label();

    /** Read once a period, together with all others. */
    record Polled() implements SignalState {
        @Override
        public String label() {
            return "polled";
        }
    }

    /**
     * A record has just come: read alone and often, so that what is still being produced is seen within milliseconds.
     *
     * @param step reads done since the wake
     */
    record Burst(int step) implements SignalState {
        @Override
        public String label() {
            return "burst";
        }
    }

    /**
     * Given to the waiting fetch, which may not cover it yet; still read once a period.
     *
     * @param token the arming
     * @param ends first offsets that wake
     */
    record Arming(long token, Map<TopicPartition, Long> ends) implements SignalState {
        @Override
        public String label() {
            return "arming";
        }
    }

    /**
     * Covered by the waiting fetch.
     *
     * @param token the arming
     * @param ends first offsets that wake
     */
    record Watched(long token, Map<TopicPartition, Long> ends) implements SignalState {
        @Override
        public String label() {
            return "watched";
        }
    }

    /**
     * Can't be read; tried again after a growing pause.
     *
     * @param attempts failures in a row, from 1
     */
    record Failing(int attempts) implements SignalState {
        @Override
        public String label() {
            return "failing";
        }
    }
}
