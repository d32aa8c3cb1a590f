package io.tidegate.policyengine.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.contracts.decision.DecisionRecord;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.Event;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.contracts.wire.UnreadableRecordException;
import io.tidegate.policyengine.EngineMetrics;
import io.tidegate.policyengine.decide.DecisionFunction;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.StoredState;
import io.tidegate.policyengine.state.WorkloadState;
import io.tidegate.policyengine.trace.Span;
import io.tidegate.policyengine.trace.Spans;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker: one partition, offsets from 0, time as the test says. */
final class EngineDriver implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** Held here, since loggers are collected with their levels. */
    private static final Logger QUIET = Logger.getLogger("io.tidegate.policyengine");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    final MeterRegistry registry = new SimpleMeterRegistry();
    final EngineMetrics metrics = new EngineMetrics(registry, this::wallClock, 1_000);
    /** Spans that were given, in their order. */
    final List<Span> spans = new ArrayList<>();

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> facts;
    private final TestOutputTopic<String, byte[]> decisions;
    private final TestOutputTopic<String, byte[]> targets;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private final TestOutputTopic<String, byte[]> changelog;
    private final CommittedOffsets committed = new CommittedOffsets();
    private Instant now = START;
    private @Nullable Instant wallClock;
    private int ids;
    private long end;
    private int commitEvery = 1;

    /** With its state on disk, which is slow: the driver commits after each fact. */
    static EngineDriver onDisk(Path stateDir, DecisionFunction decide) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        return new EngineDriver(
                Stores.persistentKeyValueStore(EngineStore.NAME), settings, decide, EngineIdentity.PLAIN);
    }

    /** With its state in memory. */
    static EngineDriver inMemory(DecisionFunction decide) {
        return inMemory(decide, EngineIdentity.PLAIN);
    }

    /** The same under other names. */
    static EngineDriver inMemory(DecisionFunction decide, EngineIdentity identity) {
        return new EngineDriver(Stores.inMemoryKeyValueStore(EngineStore.NAME), new Properties(), decide, identity);
    }

    private EngineDriver(
            KeyValueBytesStoreSupplier store, Properties settings, DecisionFunction decide, EngineIdentity identity) {
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, identity.applicationId());
        EngineParts parts =
                new EngineParts(decide, metrics, this::wallClock, Duration.ofSeconds(10), 1, identity, new Spans() {
                    @Override
                    public boolean areWanted() {
                        return true;
                    }

                    @Override
                    public void add(Span span) {
                        spans.add(span);
                    }

                    @Override
                    public void close() {}
                });
        driver = new TopologyTestDriver(EngineTopology.build(parts, committed, store), settings);
        facts = driver.createInputTopic(Topics.FACTS, new StringSerializer(), new ByteArraySerializer());
        decisions =
                driver.createOutputTopic(identity.decisions(), new StringDeserializer(), new ByteArrayDeserializer());
        targets = driver.createOutputTopic(identity.targets(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters =
                driver.createOutputTopic(identity.deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
        changelog = driver.createOutputTopic(
                identity.applicationId() + "-" + EngineStore.NAME + "-changelog",
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Instant wallClock() {
        return wallClock == null ? now : wallClock;
    }

    /** From now on the wall clock stands still; {@code null} lets it go with the log. */
    void wallClock(@Nullable Instant time) {
        wallClock = time;
    }

    Instant now() {
        return now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** How many facts lie between two commits that the engine knows of. */
    void commitEvery(int facts) {
        commitEvery = facts;
    }

    /** Writes a fact, observed and appended at this moment, in a trace of its own if it is no tick. */
    void fact(Fact fact) {
        fact(fact, now);
    }

    void fact(Fact fact, Instant observedAt) {
        TraceParent trace = fact instanceof TickFact ? null : TraceParent.derived(fact.key() + " at " + observedAt);
        fact(fact, observedAt, trace);
    }

    void fact(Fact fact, Instant observedAt, @Nullable TraceParent trace) {
        Envelope envelope = new Envelope("fact-" + ids++, "tidegate/collector/test", observedAt);
        record(fact.key(), EventCodec.body(fact), EventCodec.headers(EventCodec.typeOf(fact), envelope, trace));
    }

    void record(@Nullable String key, byte @Nullable [] value, Headers headers) {
        facts.pipeInput(new TestRecord<>(key, value, headers, now));
        end++;
        if (end % commitEvery == 0) {
            committed.reached(0, end);
        }
    }

    List<DecisionRecord> decisions() {
        return decisions.readRecordsToList().stream()
                .map(EngineDriver::decision)
                .toList();
    }

    /** What was told since the last call, without heartbeats. */
    List<TargetMessage> targets() {
        return targetMessages().stream()
                .filter(message -> !(message instanceof Heartbeat))
                .toList();
    }

    Target onlyTarget() {
        List<TargetMessage> told = targets();
        if (told.size() == 1 && told.getFirst() instanceof Target target) {
            return target;
        }
        throw new AssertionError("expected one target, was told " + told);
    }

    List<TargetMessage> targetMessages() {
        return targets.readRecordsToList().stream().map(EngineDriver::target).toList();
    }

    /** Records of decisions and targets as they are, as text. */
    List<String> raw() {
        List<String> all = new ArrayList<>(rawDecisions());
        targets.readRecordsToList().forEach(record -> all.add(text(record)));
        return all;
    }

    /** Records of decisions as they are, as text. */
    List<String> rawDecisions() {
        return decisions.readRecordsToList().stream().map(EngineDriver::text).toList();
    }

    /** Records of decisions as they are. */
    List<TestRecord<String, byte[]>> decisionRecords() {
        return decisions.readRecordsToList();
    }

    /** Records of targets as they are, heartbeats included. */
    List<TestRecord<String, byte[]>> targetRecords() {
        return targets.readRecordsToList();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** What is remembered of a workload. */
    WorkloadState workload(WorkloadId workload) {
        return new StoredState(driver.<String, byte[]>getKeyValueStore(EngineStore.NAME), (key, why) -> {})
                .workload(workload)
                .orElseThrow();
    }

    SortedMap<String, byte[]> state() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> entries =
                driver.<String, byte[]>getKeyValueStore(EngineStore.NAME).all()) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                all.put(entry.key, entry.value);
            }
        }
        return all;
    }

    /** The writes to the store since the last call, in their order. */
    List<Change> changes() {
        return changelog.readRecordsToList().stream()
                .map(record -> new Change(record.key(), record.value()))
                .toList();
    }

    /** Takes over the state of an engine that was killed. */
    void restore(SortedMap<String, byte[]> state) {
        state.forEach(driver.<String, byte[]>getKeyValueStore(EngineStore.NAME)::put);
    }

    double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counter().count();
    }

    @Override
    public void close() {
        driver.close();
    }

    private static String text(TestRecord<String, byte[]> record) {
        return record.key() + " " + record.timestamp() + " " + record.headers() + " "
                + (record.value() == null ? "null" : new String(record.value(), StandardCharsets.UTF_8));
    }

    private static DecisionRecord decision(TestRecord<String, byte[]> record) {
        try {
            Event<DecisionRecord> event = EventCodec.decision(record.key(), record.value(), record.headers());
            return event.body();
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static TargetMessage target(TestRecord<String, byte[]> record) {
        try {
            return EventCodec.target(record.key(), record.value(), record.headers())
                    .body();
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** One write to the store; without a value it is a deletion. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Change(String key, byte @Nullable [] value) {}
}
