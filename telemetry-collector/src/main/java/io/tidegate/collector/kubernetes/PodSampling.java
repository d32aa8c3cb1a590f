package io.tidegate.collector.kubernetes;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PodReading;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the pods of measured workloads: each time the metrics API was read, and when a pod changes, then at most once a second. Each
 * namespace is read on its own, again only after its last read is over, so that a slow one delays no other. Runs on the loop.
 */
final class PodSampling {

    private static final Duration TOGETHER = Duration.ofMillis(30);
    private static final Duration APART = Duration.ofSeconds(1);

    /** Most characters of a sample, below the 1 MiB that readers take. */
    private static final int MOST_CHARACTERS = 900_000;

    /** Characters of a pod and of a container besides their names, with every number at its longest. */
    private static final int POD_CHARACTERS = 400;

    private static final int CONTAINER_CHARACTERS = 200;

    private final Function<String, MetricsApi.Usage> metricsApi;
    private final Function<WorkloadId, Optional<List<PodIndex.Pod>>> pods;
    private final ClusterListener listener;
    private final EventLoop loop;
    private final InstantSource clock;
    private final CollectorMetrics metrics;
    private final Pace pace;
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final Map<WorkloadId, Measured> measured = new HashMap<>();
    private volatile String state = "not read yet";

    /**
     * How the metrics API is read.
     *
     * @param period from the beginning of one read of a namespace to that of the next
     * @param blocking runs the reads
     */
    record Pace(Duration period, Executor blocking) {}

    /**
     * What is read.
     *
     * @param metricsApi the usage of a namespace; blocks
     * @param pods the pods of a workload; empty while it is not known which they are
     */
    record Sources(
            Function<String, MetricsApi.Usage> metricsApi, Function<WorkloadId, Optional<List<PodIndex.Pod>>> pods) {}

    private static final class Namespace {
        private MetricsApi.@Nullable Usage usage;
    }

    private static final class Measured {
        private @Nullable Long toldAt;
        private boolean waiting;
    }

    PodSampling(Sources sources, ClusterListener listener, Surroundings surroundings, Pace pace) {
        this.metricsApi = sources.metricsApi();
        this.pods = sources.pods();
        this.listener = listener;
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.pace = pace;
    }

    /** How the last read went. */
    String state() {
        return state;
    }

    /** Measures exactly these from here on. */
    void measure(Set<WorkloadId> wanted) {
        measured.keySet().retainAll(wanted);
        for (WorkloadId workload : wanted) {
            if (measured.putIfAbsent(workload, new Measured()) == null) {
                Namespace known = namespaces.get(workload.namespace());
                if (known == null) {
                    namespaces.put(workload.namespace(), new Namespace());
                    read(workload.namespace());
                } else if (known.usage != null) {
                    podsChanged(workload);
                }
            }
        }
    }

    /** A pod of this workload, or which pods are its, changed. */
    void podsChanged(WorkloadId workload) {
        Measured own = measured.get(workload);
        if (own == null || own.waiting) {
            return;
        }
        own.waiting = true;
        Long toldAt = own.toldAt;
        Duration wait = toldAt == null ? TOGETHER : APART.minusNanos(loop.nanos() - toldAt);
        loop.after(wait.compareTo(TOGETHER) < 0 ? TOGETHER : wait, () -> {
            own.waiting = false;
            if (measured.get(workload) == own) {
                tell(workload, own);
            }
        });
    }

    private void read(String namespace) {
        if (measured.keySet().stream()
                .noneMatch(workload -> workload.namespace().equals(namespace))) {
            namespaces.remove(namespace);
            return;
        }
        long began = loop.nanos();
        pace.blocking().execute(() -> {
            MetricsApi.Usage usage = metricsApi.apply(namespace);
            loop.execute(() -> done(namespace, usage, began));
        });
    }

    private void done(String namespace, MetricsApi.Usage usage, long began) {
        switch (usage) {
            case MetricsApi.Usage.Known known -> state = "read";
            case MetricsApi.Usage.Unknown unknown -> {
                state = unknown.words();
                metrics.failed(CollectorMetrics.Failure.USAGE);
            }
        }
        Namespace read = namespaces.get(namespace);
        if (read != null) {
            read.usage = usage;
        }
        measured.forEach((workload, own) -> {
            if (workload.namespace().equals(namespace)) {
                tell(workload, own);
            }
        });
        Duration rest = pace.period().minusNanos(loop.nanos() - began);
        loop.after(rest.isNegative() ? Duration.ZERO : rest, () -> read(namespace));
    }

    private void tell(WorkloadId workload, Measured own) {
        Namespace namespace = namespaces.get(workload.namespace());
        MetricsApi.Usage usage = namespace == null ? null : namespace.usage;
        if (usage == null) {
            return;
        }
        pods.apply(workload).ifPresent(known -> {
            own.toldAt = loop.nanos();
            listener.pods(workload, reading(known, usage), clock.instant());
        });
    }

    private static Reading reading(List<PodIndex.Pod> pods, MetricsApi.Usage usage) {
        return switch (usage) {
            case MetricsApi.Usage.Unknown unknown -> new Reading.Failed(unknown.words());
            case MetricsApi.Usage.Known known ->
                pods.stream()
                        .filter(pod -> known.broken().containsKey(pod.name()))
                        .findFirst()
                        .<Reading>map(pod -> new Reading.Failed("the metrics of pod " + pod.name() + " can't be used: "
                                + known.broken().get(pod.name())))
                        .orElseGet(() -> joined(pods, known.pods()));
        };
    }

    private static Reading joined(List<PodIndex.Pod> pods, Map<String, PodUsage> usage) {
        long characters = pods.stream()
                .mapToLong(pod -> POD_CHARACTERS + pod.detail().containers().size() * (long) CONTAINER_CHARACTERS)
                .sum();
        if (characters > MOST_CHARACTERS) {
            return new Reading.Failed("the " + pods.size() + " pods of the workload are more than one sample can tell");
        }
        List<PodReading> readings = pods.stream()
                .map(pod -> pod.detail().reading(pod.name(), usage.get(pod.name())))
                .toList();
        return new Reading.Pods(readings);
    }
}
