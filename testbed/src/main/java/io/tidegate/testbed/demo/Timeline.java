package io.tidegate.testbed.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Sizes that were asked for, and when as many replicas were ready. */
final class Timeline {

    private record Change(Instant at, int from, int to) {}

    private final List<Change> changes = new ArrayList<>();
    private final List<Double> readyMillis = new ArrayList<>();
    private int size;
    private int ready;

    /** A write of a size was accepted. */
    synchronized void asked(Instant at, int replicas) {
        if (replicas != size) {
            changes.add(new Change(at, size, replicas));
            size = replicas;
        }
    }

    /** This many replicas are ready. */
    synchronized void ready(Instant at, int replicas) {
        boolean allThere = replicas >= size && ready < size;
        ready = replicas;
        if (allThere
                && !changes.isEmpty()
                && changes.getLast().to() > changes.getLast().from()) {
            readyMillis.add(Duration.between(changes.getLast().at(), at).toNanos() / 1e6);
        }
    }

    /** The size asked for now. */
    synchronized int size() {
        return size;
    }

    /** Replicas ready now. */
    synchronized int ready() {
        return ready;
    }

    /** Median time in milliseconds from asking for more replicas to having them ready; empty if that never happened. */
    synchronized OptionalDouble readyMedian() {
        double[] sorted =
                readyMillis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[(sorted.length - 1) / 2]);
    }

    /** Each change as seconds since {@code start} and the size from then on. */
    synchronized List<double[]> since(Instant start) {
        return changes.stream()
                .map(change -> new double[] {
                    Math.round(Duration.between(start, change.at()).toMillis() / 10.0) / 100.0, change.to()
                })
                .toList();
    }

    /** The size integrated over time until {@code end}, in replica-seconds. */
    synchronized double replicaSeconds(Instant end) {
        double sum = 0;
        for (int i = 0; i < changes.size(); i++) {
            Instant until = i + 1 < changes.size() ? changes.get(i + 1).at() : end;
            sum += changes.get(i).to()
                    * Duration.between(changes.get(i).at(), until).toNanos()
                    / 1e9;
        }
        return sum;
    }
}
