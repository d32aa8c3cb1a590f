package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PodReading;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodSamplingTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final WorkloadId ORDERS = new WorkloadId("default", "sales", "Deployment", "orders");
    private static final WorkloadId RETURNS = new WorkloadId("default", "sales", "Deployment", "returns");
    private static final WorkloadId CLICKS = new WorkloadId("default", "web", "Deployment", "clicks");
    private static final PodDetail DETAIL =
            new PodDetail(PodReading.Phase.Running, false, true, null, null, PodDetail.Requests.NONE, List.of());

    private final ManualLoop loop = new ManualLoop();
    private final List<String> reads = new ArrayList<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final Map<WorkloadId, List<PodIndex.Pod>> pods = new HashMap<>();
    private final Recorder told = new Recorder();
    private MetricsApi.Usage usage = new MetricsApi.Usage.Known(Map.of(), Map.of());
    private boolean hanging;

    private final PodSampling sampling = new PodSampling(
            new PodSampling.Sources(
                    namespace -> {
                        reads.add(namespace);
                        return usage;
                    },
                    workload -> Optional.ofNullable(pods.get(workload))),
            told,
            new Surroundings(loop, () -> NOW, new CollectorMetrics(new SimpleMeterRegistry())),
            new PodSampling.Pace(Duration.ofSeconds(15), task -> {
                if (hanging) {
                    underWay.add(task);
                } else {
                    task.run();
                }
            }));

    @Test
    void tellsMeasuredWorkloadsEachTimeTheMetricsWereRead() {
        pods.put(ORDERS, List.of(pod("a")));
        pods.put(RETURNS, List.of());
        measure(ORDERS, RETURNS);
        assertEquals(List.of("sales"), reads, "one list a namespace");
        assertEquals(2, told.readings.size());
        loop.advance(Duration.ofSeconds(45));
        assertEquals(List.of("sales", "sales", "sales", "sales"), reads);
        assertEquals(8, told.readings.size());
        assertEquals(
                new Reading.Pods(List.of(DETAIL.reading("a", null))),
                told.of(ORDERS).getLast());
        assertEquals(new Reading.Pods(List.of()), told.of(RETURNS).getLast());
    }

    @Test
    void aNamespaceWhoseReadHangsDelaysNoOtherAndIsNotReadTwiceAtOnce() {
        pods.put(ORDERS, List.of());
        pods.put(CLICKS, List.of());
        hanging = true;
        measure(ORDERS);
        hanging = false;
        measure(ORDERS, CLICKS);
        loop.advance(Duration.ofSeconds(60));
        assertEquals(5, told.of(CLICKS).size());
        assertEquals(1, underWay.size());
        assertEquals(List.of(), told.of(ORDERS));
        underWay.remove().run();
        loop.settle();
        assertEquals(2, told.of(ORDERS).size(), "the read that was due meanwhile follows at once");
    }

    @Test
    void tellsAChangeOfPodsAtOnceButAtMostOnceASecond() {
        pods.put(ORDERS, List.of());
        measure(ORDERS);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(1, told.readings.size());
        pods.put(ORDERS, List.of(pod("a")));
        sampling.podsChanged(ORDERS);
        loop.advance(Duration.ofMillis(30));
        assertEquals(new Reading.Pods(List.of(DETAIL.reading("a", null))), told.readings.getLast());
        assertEquals(2, told.readings.size());
        for (int change = 0; change < 35; change++) {
            sampling.podsChanged(ORDERS);
            loop.advance(Duration.ofMillis(100));
        }
        assertEquals(5, told.readings.size(), "3.5 s of changes");
        loop.advance(Duration.ofSeconds(1));
        assertEquals(6, told.readings.size(), "the last change is told too");
    }

    @Test
    void saysNothingOfPodsBeforeTheMetricsWereRead() {
        pods.put(ORDERS, List.of(pod("a")));
        hanging = true;
        measure(ORDERS);
        sampling.podsChanged(ORDERS);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), told.readings);
    }

    @Test
    void saysNothingWhileItIsNotKnownWhichPodsThereAre() {
        measure(ORDERS);
        loop.advance(Duration.ofSeconds(30));
        assertEquals(List.of(), told.readings);
        pods.put(ORDERS, List.of(pod("a")));
        sampling.podsChanged(ORDERS);
        loop.advance(Duration.ofSeconds(1));
        assertEquals(1, told.readings.size());
    }

    @Test
    void saysOnTheSignalThatThereIsNoMetricsApi() {
        usage = new MetricsApi.Usage.Unknown("the cluster has no metrics API");
        pods.put(ORDERS, List.of(pod("a")));
        measure(ORDERS);
        assertEquals(List.of(new Reading.Failed("the cluster has no metrics API")), told.readings);
        assertEquals("the cluster has no metrics API", sampling.state());
        usage = new MetricsApi.Usage.Known(Map.of(), Map.of());
        loop.advance(Duration.ofSeconds(15));
        assertEquals(new Reading.Pods(List.of(DETAIL.reading("a", null))), told.readings.getLast());
        assertEquals("read", sampling.state());
    }

    @Test
    void oneWorkloadsBrokenMetricsFailItsOwnSampleOnly() {
        usage = new MetricsApi.Usage.Known(Map.of(), Map.of("a", "timestamp is not a time"));
        pods.put(ORDERS, List.of(pod("a"), pod("b")));
        pods.put(RETURNS, List.of(pod("c")));
        measure(ORDERS, RETURNS);
        assertEquals(
                List.of(new Reading.Failed("the metrics of pod a can't be used: timestamp is not a time")),
                told.of(ORDERS));
        assertEquals(List.of(new Reading.Pods(List.of(DETAIL.reading("c", null)))), told.of(RETURNS));
    }

    @Test
    void podsThatDontFitIntoOneRecordFailTheSample() {
        pods.put(
                ORDERS,
                IntStream.range(0, 5_000).mapToObj(number -> pod("p" + number)).toList());
        measure(ORDERS);
        assertEquals(
                List.of(new Reading.Failed("the 5000 pods of the workload are more than one sample can tell")),
                told.readings);
    }

    @Test
    void readsNoNamespaceInWhichNothingIsMeasuredAnyMore() {
        pods.put(ORDERS, List.of());
        measure(ORDERS);
        measure(CLICKS);
        loop.advance(Duration.ofSeconds(29));
        assertEquals(List.of("sales", "web", "web"), reads);
        measure(ORDERS);
        assertEquals(List.of("sales", "web", "web", "sales"), reads);
    }

    private void measure(WorkloadId... workloads) {
        sampling.measure(Set.of(workloads));
        loop.settle();
    }

    private static PodIndex.Pod pod(String name) {
        return new PodIndex.Pod(name, DETAIL);
    }

    private static final class Recorder extends SilentListener {

        private final List<Reading> readings = new ArrayList<>();
        private final Map<WorkloadId, List<Reading>> byWorkload = new HashMap<>();

        List<Reading> of(WorkloadId workload) {
            return byWorkload.getOrDefault(workload, List.of());
        }

        @Override
        public void pods(WorkloadId workload, Reading reading, Instant observedAt) {
            readings.add(reading);
            byWorkload.computeIfAbsent(workload, first -> new ArrayList<>()).add(reading);
        }
    }
}
