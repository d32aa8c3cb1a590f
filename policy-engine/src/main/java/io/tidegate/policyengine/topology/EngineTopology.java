package io.tidegate.policyengine.topology;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.policyengine.state.EngineStore;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** One log in, one step, three topics out. */
final class EngineTopology {

    static final String DECISIONS = "decisions";
    static final String TARGETS = "targets";
    static final String DEAD_LETTERS = "dead-letters";

    private static final String FACTS = "facts";
    private static final String DECIDE = "decide";

    /** Only whole segments are compacted; what lies in the last one is read in full by an engine that starts from nothing. */
    private static final String CHANGELOG_SEGMENT_BYTES = String.valueOf(32 << 20);

    private EngineTopology() {}

    /** The topology, with its state on disk. */
    static Topology build(EngineParts parts, CommittedOffsets committed) {
        return build(parts, committed, Stores.persistentKeyValueStore(EngineStore.NAME));
    }

    static Topology build(EngineParts parts, CommittedOffsets committed, KeyValueBytesStoreSupplier store) {
        Topology topology = new Topology();
        topology.addSource(FACTS, new StringDeserializer(), new ByteArrayDeserializer(), Topics.FACTS);
        topology.addProcessor(DECIDE, () -> new DecisionProcessor(parts, committed), FACTS);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(store, Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, CHANGELOG_SEGMENT_BYTES)),
                DECIDE);
        DomainStreamPartitioner byDomain = new DomainStreamPartitioner();
        topology.addSink(
                DECISIONS,
                parts.identity().decisions(),
                new StringSerializer(),
                new ByteArraySerializer(),
                byDomain,
                DECIDE);
        topology.addSink(
                TARGETS,
                parts.identity().targets(),
                new StringSerializer(),
                new ByteArraySerializer(),
                new TargetPartitioner(),
                DECIDE);
        topology.addSink(
                DEAD_LETTERS,
                parts.identity().deadLetters(),
                new StringSerializer(),
                new ByteArraySerializer(),
                byDomain,
                DECIDE);
        return topology;
    }
}
