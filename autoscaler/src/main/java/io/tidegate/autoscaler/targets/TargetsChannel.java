package io.tidegate.autoscaler.targets;

import io.smallrye.common.annotation.NonBlocking;
import io.tidegate.autoscaler.targets.HeldTargets.Changes;
import io.tidegate.autoscaler.time.MonotonicClock;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.UnreadableRecordException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads tidegate.targets. No offset is ever committed: each owner reads its partitions from the start. */
@ApplicationScoped
public class TargetsChannel {

    private static final Logger LOG = Logger.getLogger(TargetsChannel.class);

    private final HeldTargets targets;
    private final ChangeListener listener;
    private final DeadLetters deadLetters;
    private final MonotonicClock clock;

    public TargetsChannel(HeldTargets targets, ChangeListener listener, DeadLetters deadLetters, MonotonicClock clock) {
        this.targets = targets;
        this.listener = listener;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Incoming("targets")
    @NonBlocking
    public void read(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            handOn(take(record));
        }
        records.nextOffsets()
                .forEach((partition, next) ->
                        handOn(targets.skipped(partition.partition(), next.offset(), clock.nanos())));
    }

    /** A defect further on must not end the stream. */
    private void handOn(Changes changes) {
        if (changes.held().isEmpty() && changes.forgotten().isEmpty()) {
            return;
        }
        try {
            listener.changed(changes);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Targets could not be taken on: keys=%s", keys(changes));
        }
    }

    private static List<String> keys(Changes changes) {
        return changes.held().stream().map(HeldTarget::key).limit(10).toList();
    }

    private Changes take(ConsumerRecord<String, byte[]> record) {
        try {
            TargetMessage message = EventCodec.target(record.key(), record.value(), record.headers())
                    .body();
            return targets.take(record.partition(), record.offset(), message, clock.nanos());
        } catch (UnreadableRecordException e) {
            deadLetters.add(record, String.valueOf(e.getMessage()));
            return targets.skipped(record.partition(), record.offset() + 1, clock.nanos());
        }
    }

    /** Who is told what has changed; must return at once. */
    public interface ChangeListener {

        /** Targets have come or gone. */
        void changed(Changes changes);

        /** Targets are not ours any more. */
        void dropped(List<HeldTarget> dropped);
    }
}
