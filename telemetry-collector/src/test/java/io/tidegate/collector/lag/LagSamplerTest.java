package io.tidegate.collector.lag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
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

class LagSamplerTest {

    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final String SERVERS = "kafka:9092";

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
        kafka.createTopic("clicks", 1);
        commitAll();
        sampler.start();
        loop.settle();
    }

    @Test
    void publishesWhatItReadsFirst() {
        sampler.watch(List.of(orders(Wake.Fetch)));
        loop.settle();
        assertEquals(List.of(0L), lags());
    }

    @Test
    void armsTheFetchOnceQuietAndStopsReadingOnceCovered() {
        watched(orders(Wake.Fetch));
        int reads = kafka.reads.size();
        loop.advance(Duration.ofSeconds(4));
        assertTrue(kafka.reads.size() - reads <= 1, () -> "reads: " + (kafka.reads.size() - reads));
        loop.advance(Duration.ofSeconds(10));
        assertAbout(2, kafka.reads.size() - reads);
    }

    @Test
    void keepsReadingUntilTheFetchSurelyCovers() {
        sampler.watch(List.of(orders(Wake.Fetch)));
        loop.advance(Duration.ofSeconds(2));
        assertEquals(List.of(orders(Wake.Fetch).key()), kafka.armed());
        int reads = kafka.reads.size();
        loop.advance(Duration.ofSeconds(2));
        assertAbout(10, kafka.reads.size() - reads);
    }

    @Test
    void saysEachThirtySecondsThatAnIdleSignalIsStillWatched() {
        watched(orders(Wake.Fetch));
        loop.advance(Duration.ofMinutes(5));
        assertTrue(lags().size() >= 11 && lags().size() <= 13, () -> "never more than 30 s apart: " + lags());
    }

    @Test
    void publishesAtOnceWhenWoken() {
        watched(orders(Wake.Fetch));
        kafka.append("orders", 1, 3);
        loop.settle();
        assertEquals(List.of(0L, 3L), lags());
    }

    @Test
    void followsABurstThatIsStillBeingProduced() {
        watched(orders(Wake.Fetch));
        for (int record = 0; record < 10; record++) {
            kafka.append("orders", 0, 1);
            loop.advance(Duration.ofMillis(2));
        }
        loop.advance(Duration.ofMillis(15));
        assertEquals(10L, lags().getLast(), () -> lags().toString());
    }

    @Test
    void seesCommitsWithinAPeriodWhileRecordsWait() {
        kafka.append("orders", 0, 5);
        watched(orders(Wake.Fetch));
        assertEquals(5L, lags().getLast());
        kafka.commit("orders", "orders", 0, 5);
        loop.advance(PERIOD.multipliedBy(3).dividedBy(2));
        assertEquals(0L, lags().getLast());
    }

    @Test
    void repeatsEachSecondWhileRecordsWait() {
        kafka.append("orders", 0, 5);
        watched(orders(Wake.Fetch));
        samples.clear();
        loop.advance(Duration.ofSeconds(10));
        assertAbout(10, samples.size());
    }

    @Test
    void followsATrickleThatNobodyConsumesWithoutReadingMoreThanItsBursts() {
        watched(orders(Wake.Fetch));
        int reads = kafka.reads.size();
        for (int record = 0; record < 12; record++) {
            kafka.append("orders", 0, 1);
            loop.advance(Duration.ofSeconds(5));
        }
        assertEquals(12L, lags().getLast());
        assertEquals(lags().stream().sorted().toList(), lags(), "each is told, in order");
        // 60 s at one read a period, and seven reads for each record.
        int most = 60 * 5 + 12 * 8;
        assertTrue(kafka.reads.size() - reads <= most, () -> "reads: " + (kafka.reads.size() - reads));
    }

    @Test
    void rearmsAfterAWakeOnceQuietAgain() {
        watched(orders(Wake.Fetch));
        kafka.append("orders", 0, 1);
        loop.advance(Duration.ofMillis(500));
        assertEquals(List.of(), kafka.armed());
        loop.advance(Duration.ofSeconds(2));
        assertEquals(List.of(orders(Wake.Fetch).key()), kafka.armed());
    }

    @Test
    void readsEachSecondWhereTheFetchIsNotWanted() {
        sampler.watch(List.of(orders(Wake.Poll)));
        loop.advance(Duration.ofSeconds(3));
        int reads = kafka.reads.size();
        loop.advance(Duration.ofSeconds(10));
        assertAbout(10, kafka.reads.size() - reads);
        assertEquals(List.of(), kafka.armed());
        kafka.append("orders", 0, 1);
        loop.advance(Duration.ofMillis(1200));
        assertEquals(1L, lags().getLast());
    }

    @Test
    void fallsBackToPollingForAMinuteWhereReadingTheTopicIsDenied() {
        watched(orders(Wake.Fetch));
        kafka.lose(true);
        loop.advance(Duration.ofSeconds(50));
        assertEquals(List.of(), kafka.armed());
        loop.advance(Duration.ofSeconds(20));
        assertEquals(List.of(orders(Wake.Fetch).key()), kafka.armed());
    }

    @Test
    void readsAfreshWhenTheOffsetsItWasArmedAtAreGone() {
        watched(orders(Wake.Fetch));
        kafka.lose(false);
        int reads = kafka.reads.size();
        loop.advance(PERIOD);
        assertEquals(reads + 1, kafka.reads.size());
        loop.advance(Duration.ofSeconds(2));
        assertEquals(List.of(orders(Wake.Fetch).key()), kafka.armed());
    }

    @Test
    void putsAllGroupsOfAClusterIntoOneRead() {
        sampler.watch(List.of(orders(Wake.Fetch), clicks()));
        loop.advance(PERIOD);
        assertEquals(2, kafka.reads.getLast().size());
    }

    @Test
    void neverAsksTwiceForWhatIsNotAnsweredYet() {
        sampler.watch(List.of(orders(Wake.Fetch), clicks()));
        loop.advance(PERIOD);
        kafka.silence();
        int reads = kafka.reads.size();
        loop.advance(Duration.ofSeconds(2));
        assertEquals(1, kafka.reads.size() - reads);
        kafka.answer();
        loop.advance(PERIOD);
        assertAbout(2, kafka.reads.size() - reads);
    }

    @Test
    void tellsAFailureOnceAndAsksLessAndLessOften() {
        LagSignal missing = signal("missing", "missing", Wake.Fetch);
        sampler.watch(List.of(missing, clicks()));
        loop.advance(Duration.ofSeconds(15));
        List<SampleFact> failures = samples.stream()
                .filter(sample -> sample.signal().equals("missing"))
                .toList();
        assertEquals(
                List.of(new SampleFact(
                        missing.key().workload(),
                        "missing",
                        new Reading.Failed("topic missing does not exist on the Kafka cluster"))),
                failures);
        long asked = kafka.reads.stream()
                .filter(queries -> queries.contains(missing.query()))
                .count();
        assertAbout(5, asked);
    }

    @Test
    void recoversOnceATopicIsThere() {
        sampler.watch(List.of(signal("late", "late", Wake.Fetch)));
        loop.advance(Duration.ofSeconds(1));
        kafka.createTopic("late", 1);
        loop.advance(Duration.ofSeconds(2));
        assertEquals(List.of(0L), lags());
    }

    @Test
    void stopsAtOnceWhatIsNoLongerWanted() {
        watched(orders(Wake.Fetch));
        samples.clear();
        sampler.watch(List.of());
        loop.settle();
        kafka.append("orders", 0, 1);
        loop.advance(Duration.ofSeconds(60));
        assertEquals(List.of(), samples);
        assertEquals(0, kafka.open, "clients of a cluster that is not used are closed");
    }

    @Test
    void leavesASignalAloneThatStaysTheSame() {
        watched(orders(Wake.Fetch));
        samples.clear();
        sampler.watch(List.of(orders(Wake.Fetch), clicks()));
        loop.advance(PERIOD);
        assertEquals(List.of("clicks"), samples.stream().map(SampleFact::signal).toList());
        assertEquals(List.of(orders(Wake.Fetch).key()), kafka.armed());
    }

    @Test
    void countsAPartitionWithoutCommitAsThePolicySays() {
        kafka.createTopic("fresh", 1);
        kafka.append("fresh", 0, 4);
        sampler.watch(List.of(new LagSignal(
                key("fresh"),
                SERVERS,
                new OffsetQuery("never-ran", List.of("fresh")),
                Wake.Fetch,
                NoCommittedOffset.Latest)));
        loop.advance(Duration.ofSeconds(3));
        kafka.cover();
        loop.advance(Duration.ofSeconds(10));
        assertEquals(1, samples.size(), "nothing waits, so that nothing is repeated");
    }

    /** Within one, since periods have no common phase. */
    private static void assertAbout(long expected, long actual) {
        assertTrue(Math.abs(expected - actual) <= 1, () -> "expected about " + expected + ", but it is " + actual);
    }

    private void watched(LagSignal signal) {
        sampler.watch(List.of(signal));
        loop.advance(Duration.ofSeconds(2));
        kafka.cover();
        loop.advance(PERIOD);
    }

    private void commitAll() {
        kafka.commit("orders", "orders", 0, 0);
        kafka.commit("orders", "orders", 1, 0);
        kafka.commit("clicks", "clicks", 0, 0);
    }

    private List<Long> lags() {
        return samples.stream()
                .map(SampleFact::reading)
                .filter(Reading.Offsets.class::isInstance)
                .map(reading -> ((Reading.Offsets) reading)
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

    private static LagSignal clicks() {
        return signal("clicks", "clicks", Wake.Fetch);
    }

    private static LagSignal signal(String name, String topic, Wake wake) {
        return new LagSignal(
                key(name), SERVERS, new OffsetQuery(topic, List.of(topic)), wake, NoCommittedOffset.Earliest);
    }

    private static SignalKey key(String name) {
        return new SignalKey(new WorkloadId("default", "sales", "Deployment", name), name);
    }
}
