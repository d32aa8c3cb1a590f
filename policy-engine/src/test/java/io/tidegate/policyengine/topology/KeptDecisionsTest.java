package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.policyengine.state.Emitted;
import io.tidegate.policyengine.state.Emitted.KeptDecision;
import io.tidegate.policyengine.state.Emitted.LastDecision;
import io.tidegate.policyengine.state.EngineStore;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class KeptDecisionsTest {

    private static final int KEPT = Emitted.KEPT_DECISIONS;

    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("state"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    private final CommittedOffsets committed = new CommittedOffsets();
    private final KeptDecisions decisions;

    KeptDecisionsTest() {
        store.init(context.getStateStoreContext(), store);
        decisions = new KeptDecisions(new EngineStore(store, (what, why) -> {}), context, committed);
    }

    @Test
    void keepsAllAsLongAsNoCommitIsKnown() {
        Emitted emitted = told(KEPT + 10);
        assertEquals(emitted, decisions.release(ORDERS, emitted));
        assertFalse(context.committed());
    }

    @Test
    void dropsWhatIsCommittedAndNotAmongTheLast() {
        committed.reached(0, 8);
        Emitted kept = decisions.release(ORDERS, told(KEPT + 10));
        assertEquals(new KeptDecision(1008, 8), kept.decisions().getFirst());
        committed.reached(0, 1000);
        assertEquals(KEPT, decisions.release(ORDERS, kept).decisions().size());
    }

    @Test
    void asksForACommitWhenThereAreMany() {
        decisions.release(ORDERS, told(KeptDecisions.COMMIT_ABOVE));
        assertFalse(context.committed());
        decisions.release(ORDERS, told(KeptDecisions.COMMIT_ABOVE + 1));
        assertTrue(context.committed());
    }

    @Test
    void learnsOfCommitsFromTheConsumerOfFactsOnly() {
        Properties settings = new Properties();
        committed.watch(settings);
        try (CommittedOffsets.Watch watch = new CommittedOffsets.Watch()) {
            watch.configure(Map.of("tidegate.committed.offsets", settings.get("tidegate.committed.offsets")));
            watch.onCommit(Map.of(
                    new TopicPartition(Topics.FACTS, 3), new OffsetAndMetadata(7),
                    new TopicPartition("other", 4), new OffsetAndMetadata(7)));
        }
        assertEquals(7, committed.of(3));
        assertEquals(0, committed.of(4));
    }

    @Test
    void knowsNothingOfAPartitionThatItHasJustTakenOver() {
        committed.reached(0, 1000);
        KeptDecisions fresh = new KeptDecisions(new EngineStore(store, (what, why) -> {}), context, committed);
        Emitted emitted = told(KEPT + 1);
        assertEquals(emitted, fresh.release(ORDERS, emitted));
    }

    /** So many decisions, of the facts from offset 0 on. */
    private static Emitted told(int count) {
        return LongStream.range(0, count)
                .boxed()
                .reduce(
                        Emitted.NOTHING,
                        (emitted, offset) -> emitted.withDecision(
                                new LastDecision(
                                        1000 + offset, DecisionRecord.Action.Hold, 1, 1, "RightSize", "uid", 1),
                                offset),
                        (one, other) -> other);
    }
}
