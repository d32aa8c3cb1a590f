package io.tidegate.collector.lag;

import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.Wake;

/**
 * A lag signal that is to be watched.
 *
 * @param key which signal it is
 * @param bootstrapServers the Kafka cluster, as {@code host:port,...}
 * @param query what is read
 * @param wake how it is watched while nothing moves
 * @param noCommittedOffset what a partition without a commit counts as
 */
public record LagSignal(
        SignalKey key, String bootstrapServers, OffsetQuery query, Wake wake, NoCommittedOffset noCommittedOffset) {

    /** The signal that a policy describes, on the cluster that its connection names. */
    public static LagSignal of(SignalKey key, String bootstrapServers, KafkaSignal signal) {
        return new LagSignal(
                key,
                bootstrapServers,
                new OffsetQuery(signal.consumerGroup(), signal.topics()),
                signal.wake(),
                signal.noCommittedOffset());
    }
}
