package io.tidegate.bench.latency;

import io.tidegate.testbed.process.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Steps of lag, one workload at a time in passes over all of them, so that each has rested since its last step; then all at
 * once. A sample runs from the acknowledgement of the last record, or of the commit where that is the step, to the completion of
 * the first accepted write of the full expected size.
 */
final class LatencyBench {

    /** Kinds of samples. */
    enum Kind {
        FROM_ZERO,
        ABOVE_ZERO,
        TO_ZERO,
        ALL_AT_ONCE
    }

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(5);

    /** Records of a step from zero: ten replicas' worth at the threshold of 10. */
    private static final int FULL = 100;
    /** Lag that one replica is enough for. */
    private static final int LITTLE = 5;

    private final Fleet fleet;
    private final Lag lag;
    private final Writes writes;
    private final Progress progress;
    private final Random random = new Random(7);
    private final Map<Kind, List<Double>> samples = new EnumMap<>(Kind.class);
    private int timeouts;

    LatencyBench(Fleet fleet, Lag lag, Writes writes, Progress progress) {
        this.fleet = fleet;
        this.lag = lag;
        this.writes = writes;
        this.progress = progress;
        for (Kind kind : Kind.values()) {
            samples.put(kind, new ArrayList<>());
        }
    }

    /** Takes at least the given number of samples of each kind. */
    void run(int samplesOfEachKind) throws InterruptedException {
        int rounds = Math.ceilDiv(samplesOfEachKind, fleet.workloads().size());
        for (int round = 1; round <= rounds; round++) {
            String of = " (round " + round + " of " + rounds + ")";
            pass("from zero" + of, this::stepFromZero);
            pass("down to one" + of, workload -> settle(workload, LITTLE, 1));
            pass("above zero" + of, this::stepAboveZero);
            pass("to zero" + of, this::stepToZero);
        }
        for (int round = 1; round <= rounds; round++) {
            progress.line("all at once (round " + round + " of " + rounds + ")");
            Thread.sleep(REST);
            allAtOnce();
            pass("back to zero", workload -> settle(workload, 0, 0));
        }
    }

    Distribution distribution(Kind kind) {
        return Distribution.of(samples.getOrDefault(kind, List.of()));
    }

    int timeouts() {
        return timeouts;
    }

    /** Brings half of the workloads to one replica without any lag; the others stay at zero. */
    void halfToOne() throws InterruptedException {
        fleet.workloads().forEach(writes::forget);
        for (Workload workload : fleet.keepHalfAtOne()) {
            writes.await(workload, 1, LIMIT);
        }
    }

    private void stepFromZero(Workload workload) throws InterruptedException {
        sample(Kind.FROM_ZERO, workload, lag.produce(workload, FULL), Fleet.PARTITIONS);
    }

    private void stepAboveZero(Workload workload) throws InterruptedException {
        sample(Kind.ABOVE_ZERO, workload, lag.produce(workload, FULL - 2 * LITTLE), Fleet.PARTITIONS);
    }

    private void stepToZero(Workload workload) throws InterruptedException {
        sample(Kind.TO_ZERO, workload, lag.commitAllBut(workload, 0), 0);
    }

    private void settle(Workload workload, int left, int replicas) throws InterruptedException {
        lag.commitAllBut(workload, left);
        writes.await(workload, replicas, LIMIT);
    }

    private void sample(Kind kind, Workload workload, Instant start, int replicas) throws InterruptedException {
        Optional<Instant> written = writes.await(workload, replicas, LIMIT);
        record(kind, workload, start, written);
    }

    private synchronized void record(Kind kind, Workload workload, Instant start, Optional<Instant> written) {
        double millis =
                written.map(end -> Duration.between(start, end).toNanos() / 1e6).orElse((double) LIMIT.toMillis());
        if (written.isEmpty()) {
            timeouts++;
            progress.line(kind + " of " + workload.name() + " timed out");
        }
        samples.getOrDefault(kind, new ArrayList<>()).add(Math.max(0, millis));
    }

    private void allAtOnce() throws InterruptedException {
        List<Future<?>> steps = new ArrayList<>();
        fleet.workloads().forEach(writes::forget);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Workload workload : fleet.workloads()) {
                Instant start = lag.produce(workload, FULL);
                steps.add(executor.submit(() -> {
                    sample(Kind.ALL_AT_ONCE, workload, start, Fleet.PARTITIONS);
                    return null;
                }));
            }
            for (Future<?> step : steps) {
                step.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a step failed", e.getCause());
        }
    }

    private void pass(String name, Step step) throws InterruptedException {
        progress.line(name);
        Thread.sleep(REST);
        for (Workload workload : fleet.workloads()) {
            writes.forget(workload);
            Thread.sleep(random.nextInt(200, 600));
            step.take(workload);
        }
    }

    /** What is done to one workload. */
    private interface Step {
        void take(Workload workload) throws InterruptedException;
    }
}
