package io.tidegate.collector.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.TraceParent;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactPublisherTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final WorkloadId WORKLOAD = new WorkloadId("default", "sales", "Deployment", "orders");

    private final ManualLoop loop = new ManualLoop();
    private final RecordingSender sender = new RecordingSender();
    private final FactPublisher publisher = new FactPublisher(
            sender, loop, new CollectorMetrics(new SimpleMeterRegistry()), "c0", Instant.ofEpochMilli(36 * 36));

    @Test
    void sendsAWorkloadAsFactAndAsView() throws UnreadableRecordException {
        var unused = publish(workload(3));
        assertEquals(
                List.of(Topics.FACTS, Topics.WORKLOADS),
                sender.records.stream().map(ProducerRecord::topic).toList());
        for (ProducerRecord<String, byte[]> record : sender.records) {
            var event = EventCodec.fact(record.key(), record.value(), record.headers());
            assertEquals(workload(3), event.body());
            assertEquals("tidegate/collector/c0", event.envelope().source());
            assertEquals("c0-100-1", event.envelope().id());
            assertEquals(NOW, event.envelope().time());
        }
    }

    @Test
    void givesEachEventAnIdOfItsOwn() throws UnreadableRecordException {
        var unused = publish(workload(3));
        publisher.publish(sample(1), NOW);
        publisher.tick(4, NOW);
        Set<String> ids = new HashSet<>();
        for (ProducerRecord<String, byte[]> record : sender.records) {
            ids.add(EventCodec.fact(record.key(), record.value(), record.headers())
                    .envelope()
                    .id());
        }
        assertEquals(Set.of("c0-100-1", "c0-100-2", "c0-100-3"), ids);
    }

    @Test
    void givesEachObservationATraceOfItsOwn() {
        var unused = publish(workload(3));
        publisher.publish(sample(1), NOW);
        List<@Nullable TraceParent> traces = new ArrayList<>();
        sender.records.forEach(record -> traces.add(EventCodec.trace(record.headers())));

        assertEquals(3, traces.size());
        assertTrue(traces.stream().allMatch(trace -> trace != null && trace.isSampled()), traces.toString());
        assertEquals(traces.get(0), traces.get(1));
        assertNotEquals(traces.get(0), traces.get(2));
    }

    @Test
    void ticksAreInNoTrace() {
        publisher.tick(4, NOW);
        assertNull(EventCodec.trace(sender.records.getFirst().headers()));
    }

    @Test
    void sendsTicksToTheirPartition() {
        publisher.tick(4, NOW);
        assertEquals(4, sender.records.getFirst().partition());
    }

    @Test
    void sendsATombstoneWithoutABody() {
        var unused = publish(new WorkloadTombstone(WORKLOAD));
        assertTrue(sender.records.stream().allMatch(record -> record.value() == null));
    }

    @Test
    void keepsOnlyTheNewestSampleWhileTheBrokerIsSlow() throws UnreadableRecordException {
        IntStream.rangeClosed(1, 1000).forEach(lag -> publisher.publish(sample(lag), NOW));
        assertEquals(List.of(sample(1)), bodies());
        sender.acknowledge();
        assertEquals(List.of(sample(1), sample(1000)), bodies());
        sender.acknowledge();
        assertEquals(2, sender.records.size());
    }

    @Test
    void keepsOneWorkloadsFactsInOrder() throws UnreadableRecordException {
        WorkloadTombstone gone = new WorkloadTombstone(WORKLOAD);
        var unused = publish(workload(1));
        var unused2 = publish(workload(2));
        var unused3 = publish(gone);
        sender.acknowledge();
        sender.acknowledge();
        assertEquals(List.of(workload(1), workload(1), gone, gone), bodies());
    }

    @Test
    void triesAWorkloadAgainUntilTheBrokerTakesIt() throws UnreadableRecordException {
        CompletableFuture<Void> done = publish(workload(1));
        for (int attempt = 0; attempt < 5; attempt++) {
            sender.refuse();
            loop.advance(Duration.ofSeconds(1));
        }
        assertFalse(done.isDone());
        sender.acknowledge();
        assertTrue(done.isDone());
        assertTrue(bodies().stream().allMatch(workload(1)::equals));
    }

    @Test
    void triesWhatIsNewerInstead() throws UnreadableRecordException {
        CompletableFuture<Void> older = publish(workload(1));
        sender.refuse();
        CompletableFuture<Void> newer = publish(workload(2));
        loop.advance(Duration.ofSeconds(1));
        sender.acknowledge();
        assertTrue(older.isDone() && newer.isDone());
        assertEquals(List.of(workload(1), workload(1), workload(2), workload(2)), bodies());
    }

    @Test
    void dropsASampleThatTheBrokerRefused() {
        publisher.publish(sample(1), NOW);
        sender.refuse();
        loop.advance(Duration.ofMinutes(1));
        assertEquals(1, sender.records.size());
        publisher.publish(sample(2), NOW);
        assertEquals(2, sender.records.size());
    }

    @Test
    void sendsNothingMoreOfWhatIsNoLongerOurs() {
        var unused = publish(workload(1));
        var unused2 = publish(workload(2));
        publisher.drop(key -> key.equals(WORKLOAD.toString()));
        sender.refuse();
        loop.advance(Duration.ofMinutes(1));
        assertEquals(2, sender.records.size());
        var unused3 = publish(workload(3));
        assertEquals(4, sender.records.size());
    }

    private CompletableFuture<Void> publish(Fact fact) {
        return publisher.publish(fact, NOW).toCompletableFuture();
    }

    private List<Fact> bodies() throws UnreadableRecordException {
        List<Fact> bodies = new ArrayList<>();
        for (ProducerRecord<String, byte[]> record : sender.records) {
            bodies.add(EventCodec.fact(record.key(), record.value(), record.headers())
                    .body());
        }
        return bodies;
    }

    private static WorkloadFact workload(int replicas) {
        return new WorkloadFact(
                WORKLOAD,
                new WorkloadFact.ScaleResource("apps/v1", "deployments"),
                replicas,
                0,
                PodCounts.NONE,
                null,
                null);
    }

    private static SampleFact sample(long lag) {
        return new SampleFact(
                WORKLOAD,
                "lag",
                new Reading.Offsets(List.of(new Reading.PartitionOffsets("orders", 0, 0L, null, lag))));
    }

    private static final class RecordingSender implements RecordSender {
        private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        private final List<CompletableFuture<Void>> open = new ArrayList<>();

        @Override
        public CompletionStage<Void> send(ProducerRecord<String, byte[]> record) {
            records.add(record);
            CompletableFuture<Void> done = new CompletableFuture<>();
            open.add(done);
            return done;
        }

        void acknowledge() {
            List<CompletableFuture<Void>> sent = List.copyOf(open);
            open.clear();
            sent.forEach(done -> done.complete(null));
        }

        void refuse() {
            List<CompletableFuture<Void>> sent = List.copyOf(open);
            open.clear();
            sent.forEach(done -> done.completeExceptionally(new IllegalStateException("refused")));
        }
    }
}
