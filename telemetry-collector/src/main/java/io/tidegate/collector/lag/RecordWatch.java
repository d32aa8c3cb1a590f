package io.tidegate.collector.lag;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Waits at the broker for records at or after given offsets; looks at none of them. All methods return at once. */
public interface RecordWatch extends AutoCloseable {

    /**
     * Watches partitions for a signal, until woken, lost or disarmed. A record that is there already wakes too.
     *
     * @param token given back to the listener, to tell one arming from an earlier one
     * @param offsets for each partition, the first offset that wakes
     */
    void arm(SignalKey signal, long token, Map<TopicPartition, Long> offsets);

    /** Stops watching for a signal; does nothing if it isn't watched. */
    void disarm(SignalKey signal);

    @Override
    void close();

    /**
     * One arming of one signal.
     *
     * @param signal the signal
     * @param token as given to {@link RecordWatch#arm}
     */
    record Arming(SignalKey signal, long token) {}

    /** Is told what happens. Calls come from the watch's own thread and must return at once. */
    interface Listener {

        /** The broker surely waits for all of the signal's partitions. */
        void covered(Arming arming);

        /** A record came for each of these; they are watched no longer. */
        void woken(Collection<Arming> armings);

        /**
         * The signal can't be watched where it was armed, and is watched no longer.
         *
         * @param lasting whether arming again soon is pointless, as when reading the topic is not allowed
         */
        void lost(Arming arming, boolean lasting);
    }
}
