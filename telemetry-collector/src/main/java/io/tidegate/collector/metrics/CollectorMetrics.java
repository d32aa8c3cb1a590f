package io.tidegate.collector.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.wire.EventType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All meters of the collector; each is there from the start, at zero. */
@Singleton
public final class CollectorMetrics {

    /** Samples by kind of reading. */
    public static final String SAMPLES = "tidegate.samples";
    /** Readings that failed, by reason. */
    public static final String SAMPLE_FAILURES = "tidegate.sample.failures";
    /** Time of one read of offsets, from asking to the answer. */
    public static final String LAG_READ = "tidegate.lag.read";
    /** Signals woken by the waiting fetch. */
    public static final String WAKES = "tidegate.wakes";
    /** Facts that the broker took, by type. */
    public static final String FACTS_PUBLISHED = "tidegate.facts.published";
    /** Time from handing a fact over to the broker's acknowledgement. */
    public static final String FACTS_PUBLISH = "tidegate.facts.publish";
    /** Signals by how they are watched. */
    public static final String SIGNALS = "tidegate.signals";
    /** Age of the newest reading of the signal that was read longest ago. */
    public static final String FRESHNESS = "tidegate.freshness";
    /** Policies that are watched. */
    public static final String POLICIES = "tidegate.policies";
    /** Specs that were refused. */
    public static final String REFUSED_SPECS = "tidegate.refused.specs";
    /** Shards that this instance owns. */
    public static final String SHARDS = "tidegate.shards";

    /** States of {@link #SIGNALS}. */
    public static final List<String> SIGNAL_STATES = List.of("polled", "burst", "arming", "watched", "failing");

    private static final List<EventType> PUBLISHED =
            List.of(EventType.POLICY, EventType.WORKLOAD, EventType.SAMPLE, EventType.TICK);

    private final MeterRegistry registry;
    private final Counter offsetSamples;
    private final Counter usageSamples;
    private final Counter sparkSamples;
    private final Counter failedSamples;
    private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);
    private final Map<EventType, Counter> published = new EnumMap<>(EventType.class);
    private final Timer lagRead;
    private final Timer factsPublish;
    private final Counter wakes;
    private final Counter refusedSpecs;

    /** Why something could not be read or published. */
    public enum Failure {
        TIMEOUT,
        DENIED,
        MISSING,
        USAGE,
        PUBLISH,
        OTHER;

        String label() {
            return switch (this) {
                case TIMEOUT -> "timeout";
                case DENIED -> "denied";
                case MISSING -> "missing";
                case USAGE -> "usage";
                case PUBLISH -> "publish";
                case OTHER -> "other";
            };
        }
    }

    public CollectorMetrics(MeterRegistry registry) {
        this.registry = registry;
        offsetSamples = registry.counter(SAMPLES, "kind", "offsets");
        usageSamples = registry.counter(SAMPLES, "kind", "usage");
        sparkSamples = registry.counter(SAMPLES, "kind", "spark");
        failedSamples = registry.counter(SAMPLES, "kind", "failed");
        Arrays.stream(Failure.values())
                .forEach(reason -> failures.put(reason, registry.counter(SAMPLE_FAILURES, "reason", reason.label())));
        PUBLISHED.forEach(type -> published.put(type, registry.counter(FACTS_PUBLISHED, "type", type.shortName())));
        lagRead = Timer.builder(LAG_READ).publishPercentileHistogram().register(registry);
        factsPublish = Timer.builder(FACTS_PUBLISH).publishPercentileHistogram().register(registry);
        wakes = registry.counter(WAKES);
        refusedSpecs = registry.counter(REFUSED_SPECS);
    }

    /** Counts a sample. */
    public void sampled(Reading reading) {
        switch (reading) {
            case Reading.Offsets offsets -> offsetSamples.increment();
            case Reading.Usage usage -> usageSamples.increment();
            case Reading.Pods pods -> usageSamples.increment();
            case Reading.Failed failed -> failedSamples.increment();
            case Reading.Spark spark -> sparkSamples.increment();
        }
    }

    /** Counts a failure. */
    public void failed(Failure reason) {
        counter(failures, reason).increment();
    }

    /** Records one read of offsets. */
    public void lagRead(Duration duration) {
        lagRead.record(duration);
    }

    /** Counts a signal woken by the waiting fetch. */
    public void woken() {
        wakes.increment();
    }

    /** Records a fact that the broker took. */
    public void published(EventType type, Duration duration) {
        counter(published, type).increment();
        factsPublish.record(duration);
    }

    /** Counts a spec that was refused. */
    public void refusedSpec() {
        refusedSpecs.increment();
    }

    /** Shows a number that is asked for when metrics are read. */
    public void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
    }

    /** Shows a duration in seconds; not a number while there is none. */
    public void secondsGauge(String name, Supplier<Number> seconds) {
        Gauge.builder(name, seconds).baseUnit("seconds").register(registry);
    }

    /** Shows the number of signals in a state. */
    public void signalsGauge(String state, Supplier<Number> value) {
        Gauge.builder(SIGNALS, value).tag("state", state).register(registry);
    }

    private static <K extends Enum<K>> Counter counter(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + key);
        }
        return counter;
    }
}
