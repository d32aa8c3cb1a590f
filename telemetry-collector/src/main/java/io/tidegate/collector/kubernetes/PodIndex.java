package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.fact.Reading.PodReading.Phase;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods by namespace, reduced to labels and state. Used by one thread; times are monotonic nanoseconds. */
final class PodIndex {

    private final Map<String, Map<String, Entry>> byNamespace = new HashMap<>();

    /** A pod by name. */
    record Pod(String name, PodDetail detail) {}

    /**
     * What is kept of a pod.
     *
     * @param driver present exactly if it is a Spark driver's
     */
    record Digest(
            String namespace,
            String name,
            String uid,
            Map<String, String> labels,
            PodState state,
            PodDetail detail,
            @Nullable DriverPod driver) {

        static Digest of(GenericKubernetesResource pod) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            return new Digest(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getName(),
                    String.valueOf(pod.getMetadata().getUid()),
                    labels == null ? Map.of() : Map.copyOf(labels),
                    PodState.of(pod),
                    PodDetail.of(pod),
                    SparkLabels.isDriver(labels) ? DriverPod.of(pod) : null);
        }

        boolean isRunning() {
            return detail.phase() == Phase.Running && !detail.deleted();
        }

        /** Whether it will not run any longer, or not for long. */
        boolean isFinished() {
            return detail.deleted() || detail.phase() == Phase.Succeeded || detail.phase() == Phase.Failed;
        }
    }

    /**
     * @param createdAt when it was seen created; absent if it was there before
     * @param readyAt when it was first seen ready
     */
    private record Entry(
            Digest digest,
            @Nullable Long createdAt,
            @Nullable Long readyAt) {}

    /**
     * Takes what a pod is like.
     *
     * @param listing whether pods are listed for the first time, so that nothing is known of when they were created
     * @return the labels it had before; empty if nothing of it changed
     */
    Optional<Map<String, String>> put(Digest digest, boolean listing, long now) {
        Map<String, Entry> pods = byNamespace.computeIfAbsent(digest.namespace(), namespace -> new HashMap<>());
        Entry before = pods.get(digest.name());
        if (before != null && before.digest().equals(digest)) {
            return Optional.empty();
        }
        boolean same = before != null && before.digest().uid().equals(digest.uid());
        @Nullable Long createdAt = same && before != null ? before.createdAt() : listing ? null : (Long) now;
        @Nullable Long readyAt = same && before != null ? before.readyAt() : null;
        if (readyAt == null && digest.state() == PodState.READY) {
            readyAt = now;
        }
        pods.put(digest.name(), new Entry(digest, createdAt, readyAt));
        return Optional.of(before == null ? digest.labels() : before.digest().labels());
    }

    /** Forgets a pod; returns the labels it had. */
    Optional<Map<String, String>> remove(String namespace, String name) {
        Map<String, Entry> pods = byNamespace.get(namespace);
        Entry gone = pods == null ? null : pods.remove(name);
        if (pods != null && pods.isEmpty()) {
            byNamespace.remove(namespace);
        }
        return Optional.ofNullable(gone).map(entry -> entry.digest().labels());
    }

    PodCounts count(String namespace, LabelQuery query) {
        return PodState.count(
                select(namespace, query).map(entry -> entry.digest().state()).toList());
    }

    /** How many pods of a selector run. */
    int running(String namespace, LabelQuery query) {
        return (int) select(namespace, query)
                .filter(entry -> entry.digest().isRunning())
                .count();
    }

    /** The Spark drivers of a namespace. */
    List<Digest> drivers(String namespace) {
        return byNamespace.getOrDefault(namespace, Map.of()).values().stream()
                .map(Entry::digest)
                .filter(digest -> digest.driver() != null)
                .toList();
    }

    /** The pods of a selector, by name in order. */
    List<Pod> pods(String namespace, LabelQuery query) {
        return select(namespace, query)
                .map(entry -> new Pod(entry.digest().name(), entry.digest().detail()))
                .sorted(Comparator.comparing(Pod::name))
                .toList();
    }

    /** How long the pod that became ready last took from being seen created. */
    Optional<Duration> lastStart(String namespace, LabelQuery query) {
        return select(namespace, query)
                .flatMap(entry -> started(entry).stream())
                .max(Comparator.comparingLong(Started::readyAt))
                .map(started -> Duration.ofNanos(started.readyAt() - started.createdAt()));
    }

    private record Started(long createdAt, long readyAt) {}

    private static Optional<Started> started(Entry entry) {
        Long createdAt = entry.createdAt();
        Long readyAt = entry.readyAt();
        return createdAt == null || readyAt == null ? Optional.empty() : Optional.of(new Started(createdAt, readyAt));
    }

    private Stream<Entry> select(String namespace, LabelQuery query) {
        return byNamespace.getOrDefault(namespace, Map.of()).values().stream()
                .filter(entry -> query.matches(entry.digest().labels()));
    }
}
