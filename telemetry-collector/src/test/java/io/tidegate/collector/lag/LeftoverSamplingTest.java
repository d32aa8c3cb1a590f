package io.tidegate.collector.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PartitionOffsets;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lag of groups that commit record by record, of topics that are written in transactions. */
class LeftoverSamplingTest {

    private static final Duration PERIOD = Duration.ofMillis(200);

    private final ManualLoop loop = new ManualLoop();
    private final InMemoryKafka kafka = new InMemoryKafka();
    private final List<SampleFact> samples = new ArrayList<>();
    private final LagSampler sampler = new LagSampler(
            kafka,
            (sample, observedAt) -> samples.add(sample),
            Cadence.of(PERIOD, Duration.ofSeconds(1), Duration.ofSeconds(30)),
            new Surroundings(
                    loop,
                    () -> Instant.EPOCH.plusNanos(loop.nanos()),
                    new CollectorMetrics(new SimpleMeterRegistry())));

    @BeforeEach
    void start() {
        kafka.createTopic("orders", 2);
        kafka.commit("orders", "orders", 0, 0);
        kafka.commit("orders", "orders", 1, 0);
        sampler.start();
        loop.settle();
    }

    @Test
    void tellsNoLagOnceOnlyAControlRecordIsLeft() {
        watch(orders(Wake.Fetch));
        transaction(0, 3);
        loop.advance(Duration.ofMillis(500));
        kafka.commit("orders", "orders", 0, 3);
        loop.advance(Duration.ofMillis(500));
        assertEquals(1L, lags().getLast(), "what has just moved counts");
        loop.advance(Duration.ofSeconds(1));
        assertEquals(0L, lags().getLast());
        assertEquals(new PartitionOffsets("orders", 0, 3L, null, 3L), partition(0));
        int reads = kafka.reads.size();
        loop.advance(Duration.ofSeconds(5));
        kafka.cover();
        loop.advance(Duration.ofSeconds(60));
        assertTrue(kafka.reads.size() - reads < 50, () -> "goes on as a quiet signal: " + (kafka.reads.size() - reads));
        assertEquals(0L, lags().getLast());
        assertEquals(1, kafka.looks.size());
    }

    @Test
    void seesTheRecordBehindAControlRecordAtOnce() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        watched(orders(Wake.Fetch));
        assertEquals(0L, lags().getLast());
        kafka.append("orders", 0, 1);
        loop.settle();
        assertEquals(2L, lags().getLast());
    }

    @Test
    void seesAnotherPartitionsRecordAndKeepsWhatItFound() {
        transaction(0, 3);
        transaction(1, 5);
        kafka.commit("orders", "orders", 0, 3);
        kafka.commit("orders", "orders", 1, 5);
        watched(orders(Wake.Fetch));
        assertEquals(List.of(0L), lags());
        kafka.append("orders", 1, 2);
        loop.settle();
        assertEquals(3L, lags().getLast());
        kafka.commit("orders", "orders", 1, 8);
        loop.advance(Duration.ofMillis(500));
        assertEquals(0L, lags().getLast());
        assertEquals(1, kafka.looks.size(), "both at once, and once only");
    }

    @Test
    void neverTellsAControlRecordAsLagWhenItBegins() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        watch(orders(Wake.Fetch));
        assertEquals(List.of(0L), lags());
    }

    @Test
    void tellsWaitingRecordsAtOnceWhenItBegins() {
        transaction(0, 3);
        watch(orders(Wake.Fetch));
        assertEquals(List.of(4L), lags());
    }

    @Test
    void waitsTwoSecondsForItsFirstAnswerAndNoLonger() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        kafka.silenceLooks();
        watch(orders(Wake.Fetch));
        loop.advance(Duration.ofMillis(1_500));
        assertEquals(List.of(), lags());
        loop.advance(Duration.ofSeconds(1));
        assertEquals(List.of(1L), lags());
        kafka.answer();
        loop.advance(Duration.ofSeconds(1));
        assertEquals(0L, lags().getLast());
    }

    @Test
    void tellsAtOnceWhatMovesWhileItWaitsForItsFirstAnswer() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        kafka.silenceLooks();
        watch(orders(Wake.Fetch));
        kafka.append("orders", 0, 1);
        loop.advance(PERIOD);
        assertEquals(List.of(2L), lags());
    }

    @Test
    void countsRecordsOfAnAbortedTransaction() {
        watch(orders(Wake.Fetch));
        transaction(0, 3);
        loop.advance(Duration.ofSeconds(20));
        assertEquals(4L, lags().getLast(), "a group that reads uncommitted records receives them");
        assertEquals(1, kafka.looks.size());
    }

    @Test
    void countsRecordsOfAnOpenTransaction() {
        transaction(0, 1);
        kafka.append("orders", 0, 2);
        kafka.commit("orders", "orders", 0, 1);
        watched(orders(Wake.Fetch));
        assertEquals(List.of(3L), lags().stream().distinct().toList());
    }

    @Test
    void neverLooksWhereMuchIsLeft() {
        kafka.append("orders", 0, 1_001);
        watched(orders(Wake.Fetch));
        loop.advance(Duration.ofSeconds(20));
        assertEquals(List.of(), kafka.looks);
    }

    @Test
    void neverLooksWhereThingsMove() {
        watch(orders(Wake.Fetch));
        for (int record = 0; record < 50; record++) {
            kafka.append("orders", 0, 2);
            kafka.commit("orders", "orders", 0, record);
            loop.advance(PERIOD);
        }
        assertEquals(List.of(), kafka.looks);
    }

    @Test
    void looksAgainAfterTenMinutes() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        watched(orders(Wake.Fetch));
        loop.advance(Duration.ofMinutes(9));
        assertEquals(1, kafka.looks.size());
        loop.advance(Duration.ofMinutes(2));
        assertEquals(2, kafka.looks.size());
        assertEquals(List.of(0L), lags().stream().distinct().toList());
    }

    @Test
    void countsTheControlRecordWhereReadingTheTopicIsDenied() {
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        kafka.readable(false);
        watch(orders(Wake.Poll));
        assertEquals(List.of(1L), lags());
        loop.advance(Duration.ofMinutes(9));
        assertEquals(1L, lags().getLast());
        assertEquals(1, kafka.looks.size());
        kafka.readable(true);
        loop.advance(Duration.ofMinutes(2));
        assertEquals(0L, lags().getLast());
    }

    @Test
    void looksForPolledSignalsToo() {
        watch(orders(Wake.Poll));
        transaction(0, 3);
        kafka.commit("orders", "orders", 0, 3);
        loop.advance(Duration.ofSeconds(4));
        assertEquals(0L, lags().getLast());
    }

    @Test
    void looksAtFewPartitionsAtATime() {
        kafka.createTopic("wide", 200);
        for (int partition = 0; partition < 200; partition++) {
            kafka.commit("wide", "wide", partition, 0);
            kafka.endTransaction("wide", partition);
        }
        watch(signal("wide", "wide", Wake.Fetch));
        assertEquals(
                List.of(64, 64, 64, 8), kafka.looks.stream().map(List::size).toList());
        assertEquals(List.of(0L), lags());
    }

    @Test
    void looksOnceForGroupsThatStandAtTheSameOffset() {
        List<LagSignal> signals = List.of(signal("one", "orders", Wake.Fetch), signal("two", "orders", Wake.Fetch));
        for (LagSignal signal : signals) {
            kafka.commit(signal.query().group(), "orders", 0, 0);
            kafka.commit(signal.query().group(), "orders", 1, 0);
        }
        sampler.watch(signals);
        loop.advance(Duration.ofSeconds(2));
        kafka.endTransaction("orders", 0);
        loop.advance(Duration.ofSeconds(8));
        assertEquals(1, kafka.looks.size());
        assertEquals(0L, lags().getLast());
    }

    private void transaction(int partition, int records) {
        kafka.append("orders", partition, records);
        kafka.endTransaction("orders", partition);
    }

    private void watch(LagSignal signal) {
        sampler.watch(List.of(signal));
        loop.settle();
    }

    private void watched(LagSignal signal) {
        sampler.watch(List.of(signal));
        loop.advance(Duration.ofSeconds(4));
        kafka.cover();
        loop.advance(PERIOD);
    }

    private PartitionOffsets partition(int index) {
        return ((Reading.Offsets) samples.getLast().reading()).partitions().get(index);
    }

    private List<Long> lags() {
        return samples.stream()
                .map(sample -> ((Reading.Offsets) sample.reading())
                        .partitions().stream()
                                .mapToLong(partition -> number(partition.end()) - number(partition.committed()))
                                .sum())
                .toList();
    }

    private static long number(@Nullable Long offset) {
        return offset == null ? 0 : offset;
    }

    private static LagSignal orders(Wake wake) {
        return signal("orders", "orders", wake);
    }

    private static LagSignal signal(String group, String topic, Wake wake) {
        return new LagSignal(
                new SignalKey(new WorkloadId("default", "sales", "Deployment", group), group),
                "kafka:9092",
                new OffsetQuery(group, List.of(topic)),
                wake,
                NoCommittedOffset.Earliest);
    }
}
