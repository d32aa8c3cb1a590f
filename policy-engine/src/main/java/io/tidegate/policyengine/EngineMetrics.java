package io.tidegate.policyengine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.wire.TraceParent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All metrics of the engine; they are there before the first event. */
public final class EngineMetrics {

    /** Decisions emitted, by action and reason. */
    public static final String DECISIONS = "tidegate.decisions";
    /** Time that decision-core takes for one decision. */
    public static final String DECISION_TIME = "tidegate.decision";
    /** Time from observing a sample to deciding on it. */
    public static final String DECISION_LATENCY = "tidegate.decision.latency";
    /** Facts read, by type. */
    public static final String FACTS = "tidegate.facts";
    /** Facts that could be read but not used, by reason. */
    public static final String FACTS_REFUSED = "tidegate.facts.refused";
    /** Records that could not be read. */
    public static final String DEAD_LETTERS = "tidegate.dead.letters";
    /** Records of the state that could not be read. */
    public static final String STATE_LOST = "tidegate.state.lost";
    /** Outputs that the broker would not take. */
    public static final String OUTPUTS_REFUSED = "tidegate.outputs.refused";
    /** Spans for an OpenTelemetry collector, by what became of them. */
    public static final String SPANS = "tidegate.spans";
    /** How far this instance's partitions are behind the wall clock. */
    public static final String LOG_BEHIND = "tidegate.log.behind";
    /** Workloads in this instance's partitions. */
    public static final String WORKLOADS = "tidegate.workloads";
    /** Workloads that have series of their own. */
    public static final String WORKLOADS_LISTED = "tidegate.workloads.listed";
    /** What runs. */
    public static final String BUILD_INFO = "tidegate.build.info";

    private static final List<Duration> LATENCY_BUCKETS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Counter> facts = new ConcurrentHashMap<>();
    private final Map<Integer, PartitionProgress> partitions = new ConcurrentHashMap<>();
    private final WorkloadReadings readings;
    private final Timer decisionTime;
    private final Timer decisionLatency;
    private final Counter deadLetters;
    private final Counter stateLost;
    private final Counter spansSent;
    private final Counter spansDropped;
    private volatile LongSupplier outputsRefused = () -> 0;

    /** @param listed most workloads that have series of their own */
    public EngineMetrics(MeterRegistry registry, InstantSource clock, int listed) {
        this.registry = registry;
        this.clock = clock;
        readings = new WorkloadReadings(listed);
        decisionTime = Timer.builder(DECISION_TIME)
                .description("Time that decision-core takes for one decision")
                .register(registry);
        decisionLatency = Timer.builder(DECISION_LATENCY)
                .description("Time from observing a sample to deciding on it")
                .serviceLevelObjectives(LATENCY_BUCKETS.toArray(Duration[]::new))
                .register(registry);
        deadLetters = Counter.builder(DEAD_LETTERS)
                .description("Records that could not be read")
                .register(registry);
        stateLost = Counter.builder(STATE_LOST)
                .description("Records of the state that could not be read")
                .register(registry);
        spansSent = spans("sent");
        spansDropped = spans("dropped");
        FunctionCounter.builder(OUTPUTS_REFUSED, this, metrics -> metrics.outputsRefused.getAsLong())
                .description("Outputs that the broker would not take")
                .register(registry);
        Gauge.builder(LOG_BEHIND, this, EngineMetrics::behindSeconds)
                .description("How far this instance's partitions are behind the wall clock; the worst of them")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(WORKLOADS, this, EngineMetrics::workloads)
                .description("Workloads in this instance's partitions")
                .register(registry);
        Gauge.builder(WORKLOADS_LISTED, readings, WorkloadReadings::size)
                .description(
                        "Workloads that have series of their own; tidegate.metrics.workloads is the most there may be")
                .register(registry);
        registerFirstSeries();
    }

    /** Shows which version runs. */
    public void running(String version) {
        Gauge.builder(BUILD_INFO, () -> 1)
                .description("1, with the version that runs")
                .tag("component", "policy-engine")
                .tag("version", version)
                .register(registry);
    }

    /** What metrics show of single workloads. */
    public WorkloadReadings readings() {
        return readings;
    }

    /** Counts one decision that was emitted. */
    public void decided(String action, String reason) {
        decisions(action, reason).increment();
    }

    /** Counts one fact that was read. */
    public void fact(String type) {
        facts.computeIfAbsent(type, this::facts).increment();
    }

    /** Counts one fact that was not used. */
    public void refused(Refused reason) {
        factsRefused(reason).increment();
    }

    /** Counts one record that could not be read. */
    public void deadLetter() {
        deadLetters.increment();
    }

    /** Counts one record of the state that could not be read. */
    public void stateLost() {
        stateLost.increment();
    }

    /** Where outputs are counted that the broker would not take. */
    public void countOutputsRefused(LongSupplier count) {
        outputsRefused = count;
    }

    /** The time of one decision. */
    public Timer decisionTime() {
        return decisionTime;
    }

    /**
     * Records the time from observing a sample to deciding on it.
     *
     * @param trace where the decision was told; absent if none was
     */
    public void decisionLatency(Duration latency, @Nullable TraceParent trace) {
        TraceExemplars.record(decisionLatency, latency, trace);
    }

    /** Counts spans that were sent. */
    public void spansSent(int count) {
        spansSent.increment(count);
    }

    /** Counts spans that could not be sent. */
    public void spansDropped(int count) {
        spansDropped.increment(count);
    }

    /** The progress of a partition that this instance works on from now on. */
    public PartitionProgress opened(int partition) {
        PartitionProgress progress = new PartitionProgress();
        partitions.put(partition, progress);
        return progress;
    }

    /**
     * This instance no longer works on the partition.
     *
     * @param gone whether a workload lies in it
     */
    public void closed(int partition, PartitionProgress progress, Predicate<WorkloadId> gone) {
        if (partitions.remove(partition, progress)) {
            readings.forget(gone);
        }
    }

    private void registerFirstSeries() {
        decisions("ScaleUp", "Waking");
        decisions("ScaleUp", "DemandRose");
        decisions("ScaleDown", "DemandFell");
        decisions("Hold", "RightSize");
        decisions("Hold", "Idle");
        for (String type : List.of("policy", "workload", "sample", "tick", "outcome")) {
            facts.put(type, facts(type));
        }
        for (Refused reason : Refused.values()) {
            factsRefused(reason);
        }
    }

    private Counter decisions(String action, String reason) {
        return counter(DECISIONS, "Decisions told, by action and reason", "action", action, "reason", reason);
    }

    private Counter facts(String type) {
        return counter(FACTS, "Facts read, by type", "type", type);
    }

    private Counter factsRefused(Refused reason) {
        return counter(FACTS_REFUSED, "Facts that could be read but not used, by reason", "reason", reason.label());
    }

    private Counter spans(String result) {
        return counter(SPANS, "Spans for an OpenTelemetry collector, by what became of them", "result", result);
    }

    private Counter counter(String name, String description, String... tags) {
        String key = name + String.join("/", tags);
        Counter known = counters.get(key);
        return known != null
                ? known
                : counters.computeIfAbsent(
                        key,
                        absent -> Counter.builder(name)
                                .description(description)
                                .tags(tags)
                                .register(registry));
    }

    private double behindSeconds() {
        return partitions.values().stream()
                .mapToLong(PartitionProgress::logTime)
                .filter(logTime -> logTime > 0)
                .mapToDouble(logTime -> Math.max(0, clock.millis() - logTime) / 1000.0)
                .max()
                .orElse(Double.NaN);
    }

    private double workloads() {
        return partitions.values().stream()
                .mapToInt(PartitionProgress::workloads)
                .sum();
    }

    /** Why a fact was not used. */
    public enum Refused {
        /** Observed more than 5 s after its append time. */
        FROM_FUTURE("from_future"),
        /** Observed before the newest of its signal. */
        OLDER("older"),
        /** No policy names its signal, and there are many already. */
        UNKNOWN_SIGNAL("unknown_signal"),
        /** It holds more than the engine keeps. */
        TOO_LARGE("too_large"),
        /** More policies for one workload than the engine keeps. */
        TOO_MANY_POLICIES("too_many_policies"),
        /** Its application failed. */
        FAILED("failed");

        private final String label;

        Refused(String label) {
            this.label = label;
        }

        /** Value of the label. */
        public String label() {
            return label;
        }
    }

    /** How far a partition is; written by its thread, read by scrapes. */
    public static final class PartitionProgress {
        private volatile long logTime;
        private volatile int workloads;

        /** The greatest append time seen, in milliseconds; 0 before the first. */
        public long logTime() {
            return logTime;
        }

        /** Workloads in the partition. */
        public int workloads() {
            return workloads;
        }

        /** Sets both. */
        public void reached(long newLogTime, int newWorkloads) {
            logTime = newLogTime;
            workloads = newWorkloads;
        }
    }
}
