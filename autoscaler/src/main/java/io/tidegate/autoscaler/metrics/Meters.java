package io.tidegate.autoscaler.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidegate.contracts.fact.OutcomeFact.Result;
import io.tidegate.contracts.wire.TraceParent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All metrics of the autoscaler; each is there from the start. */
@Singleton
public class Meters {

    private static final String ACTUATIONS = "tidegate.actuations";
    private static final String SCALE_WRITE = "tidegate.scale.write";
    private static final String TARGET_TO_WRITE = "tidegate.target.to.write";
    private static final String DECISION_TO_WRITE = "tidegate.decision.to.write";
    private static final String HEARTBEAT_AGE = "tidegate.heartbeat.age";
    private static final String TARGETS_HELD = "tidegate.targets.held";
    private static final String PARTITIONS_ASSIGNED = "tidegate.partitions.assigned";
    private static final String STATUS_WRITES = "tidegate.status.writes";
    private static final String EVENTS = "tidegate.events";
    private static final String DEAD_LETTERS = "tidegate.dead.letters";
    private static final String OUTCOMES_LOST = "tidegate.outcomes.lost";
    private static final String BUILD_INFO = "tidegate.build.info";

    /** Bounds of the histograms: from a local write to the write time-out and beyond. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(40),
        Duration.ofMillis(80),
        Duration.ofMillis(150),
        Duration.ofMillis(400),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Result, Counter> actuations = new EnumMap<>(Result.class);
    private final Map<Written, Counter> statusWrites = new EnumMap<>(Written.class);
    private final Map<Written, Counter> events = new EnumMap<>(Written.class);
    private final Timer scaleWrite;
    private final Timer targetToWrite;
    private final Timer decisionToWrite;
    private final Counter deadLetters;
    private final Counter outcomesLost;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            actuations.put(result, counter(ACTUATIONS, "What became of targets", "result", result.name()));
        }
        for (Written written : Written.values()) {
            statusWrites.put(written, counter(STATUS_WRITES, "Writes of a policy's status", "result", written.label()));
            events.put(written, counter(EVENTS, "Kubernetes Events", "result", written.label()));
        }
        scaleWrite = timer(SCALE_WRITE, "Time of an accepted write to a scale subresource");
        targetToWrite = timer(TARGET_TO_WRITE, "Time from the arrival of a target to its accepted write");
        decisionToWrite = timer(
                DECISION_TO_WRITE, "Time from the append of the fact that a decision is made on to the accepted write");
        deadLetters = Counter.builder(DEAD_LETTERS)
                .description("Records that could not be read")
                .register(registry);
        outcomesLost = Counter.builder(OUTCOMES_LOST)
                .description("Outcomes dropped since Kafka was away for too long")
                .register(registry);
    }

    /** Shows which version runs. */
    public void running(String version) {
        Gauge.builder(BUILD_INFO, () -> 1)
                .description("1, with the version that runs")
                .tag("component", "autoscaler")
                .tag("version", version)
                .register(registry);
    }

    /** Registers the gauges of the held targets. */
    public void observe(
            Supplier<Number> targetsHeld, Supplier<Number> partitions, Supplier<Number> heartbeatAgeSeconds) {
        Gauge.builder(TARGETS_HELD, targetsHeld).description("Targets held").register(registry);
        Gauge.builder(PARTITIONS_ASSIGNED, partitions)
                .description("Partitions of tidegate.targets assigned")
                .register(registry);
        Gauge.builder(HEARTBEAT_AGE, heartbeatAgeSeconds)
                .description("Age of the last heartbeat, of the partition where it is oldest")
                .baseUnit("seconds")
                .register(registry);
    }

    public void actuation(Result result) {
        Objects.requireNonNull(actuations.get(result)).increment();
    }

    public void scaleWrite(Duration took, @Nullable TraceParent trace) {
        TraceExemplars.record(scaleWrite, took, trace);
    }

    public void targetToWrite(Duration took, @Nullable TraceParent trace) {
        TraceExemplars.record(targetToWrite, took, trace);
    }

    public void decisionToWrite(Duration took, @Nullable TraceParent trace) {
        TraceExemplars.record(decisionToWrite, took, trace);
    }

    public void statusWrite(Written result) {
        Objects.requireNonNull(statusWrites.get(result)).increment();
    }

    public void event(Written result) {
        Objects.requireNonNull(events.get(result)).increment();
    }

    public void deadLetter() {
        deadLetters.increment();
    }

    public void outcomeLost() {
        outcomesLost.increment();
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** How a write of something other than a size went. */
    public enum Written {
        DONE,
        UNCHANGED,
        FAILED,
        DROPPED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
