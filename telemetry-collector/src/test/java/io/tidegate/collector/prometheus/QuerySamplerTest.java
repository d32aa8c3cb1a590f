package io.tidegate.collector.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.id.WorkloadId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuerySamplerTest {

    private static final WorkloadId WORKLOAD = new WorkloadId("default", "sales", "Deployment", "orders");
    private static final URI ONE = URI.create("http://one:9090");
    private static final URI OTHER = URI.create("http://other:9090");

    private record Pending(QuerySignal signal, CompletableFuture<Reading> answer) {}

    private final ManualLoop loop = new ManualLoop();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Pending> pending = new ArrayList<>();
    private final List<SampleFact> published = new ArrayList<>();
    private final QuerySampler sampler = new QuerySampler(
            signal -> {
                Pending one = new Pending(signal, new CompletableFuture<>());
                pending.add(one);
                return one.answer();
            },
            (sample, observedAt) -> published.add(sample),
            Duration.ofSeconds(15),
            new Surroundings(loop, () -> Instant.EPOCH, new CollectorMetrics(meters)));

    @Test
    void asksEachPeriodAfterTheLastAnswer() {
        watch(signal("queued", ONE));
        answer(Reading.Value.of(1));
        loop.advance(Duration.ofSeconds(14));
        assertEquals(0, pending.size());
        loop.advance(Duration.ofSeconds(1));
        assertEquals(1, pending.size());
        loop.advance(Duration.ofSeconds(60));
        assertEquals(1, pending.size(), "one at a time");
        answer(Reading.Value.of(2));
        loop.advance(Duration.ofSeconds(15));
        assertEquals(1, pending.size());
        assertEquals(
                List.of(
                        new SampleFact(WORKLOAD, "queued", Reading.Value.of(1)),
                        new SampleFact(WORKLOAD, "queued", Reading.Value.of(2))),
                published);
    }

    @Test
    void publishesWhyThereIsNoNumberEachTime() {
        watch(signal("queued", ONE));
        answer(new Reading.Failed("the Prometheus can't be reached"));
        loop.advance(Duration.ofSeconds(15));
        answer(Reading.Value.unknown("the query gives no series"));
        assertEquals(2, published.size());
        assertEquals(
                2.0,
                meters.get(CollectorMetrics.SAMPLE_FAILURES)
                        .tag("reason", "query")
                        .counter()
                        .count());
        assertEquals(
                1.0,
                meters.get(CollectorMetrics.SAMPLES)
                        .tag("kind", "value")
                        .counter()
                        .count());
        assertEquals(2, meters.get(CollectorMetrics.QUERY).timer().count());
    }

    @Test
    void aServerThatHangsDelaysNoOther() {
        List<QuerySignal> many = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(number -> signal("q" + number, ONE))
                .toList());
        many.add(signal("queued", OTHER));
        sampler.watch(many);
        loop.settle();
        assertEquals(9, pending.size(), "8 of the one that hangs, and the other");
        assertEquals(
                OTHER,
                pending.stream()
                        .filter(one -> one.signal().key().signal().equals("queued"))
                        .findFirst()
                        .orElseThrow()
                        .signal()
                        .server());
        answer(new Reading.Failed("the Prometheus did not answer within 5s"));
        assertEquals(8, pending.size(), "those that waited");
        answer(new Reading.Failed("the Prometheus did not answer within 5s"));
        answer(new Reading.Failed("the Prometheus did not answer within 5s"));
        assertEquals(21, published.size());
    }

    @Test
    void asksAnewWhatHasChangedAndPublishesNothingOfWhatItWas() {
        QuerySignal before = signal("queued", ONE);
        QuerySignal after = new QuerySignal(before.key(), OTHER, "sum(other)", Duration.ofMinutes(1));
        watch(before);
        watch(before);
        assertEquals(1, pending.size(), "it stays undisturbed");
        watch(after);
        assertEquals(
                List.of(before, after), pending.stream().map(Pending::signal).toList());
        answer(Reading.Value.of(7));
        assertEquals(1, published.size());
    }

    @Test
    void asksNothingMoreOfWhatIsGone() {
        watch(signal("queued", ONE));
        sampler.watch(List.of());
        loop.settle();
        answer(Reading.Value.of(7));
        watch(signal("queued", ONE));
        sampler.close();
        loop.settle();
        answer(Reading.Value.of(8));
        watch(signal("other", ONE));
        loop.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), published);
        assertEquals(0, pending.size());
    }

    private void watch(QuerySignal signal) {
        sampler.watch(List.of(signal));
        loop.settle();
    }

    private void answer(Reading reading) {
        List<Pending> now = List.copyOf(pending);
        pending.clear();
        now.forEach(one -> one.answer().complete(reading));
        loop.settle();
    }

    private static QuerySignal signal(String name, URI server) {
        return new QuerySignal(new SignalKey(WORKLOAD, name), server, "sum(queued)", Duration.ofMinutes(2));
    }
}
