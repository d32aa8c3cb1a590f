package io.tidegate.collector.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.wire.EventType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
    /** Time of one query to a Prometheus, from asking to the answer. */
    public static final String QUERY = "tidegate.query";
    /** Signals woken by the waiting fetch. */
    public static final String WAKES = "tidegate.wakes";
    /** Looks at what is left behind a commit that stands still, by what was found. */
    public static final String LOOKS = "tidegate.looks";
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

    /** What runs. */
    public static final String BUILD_INFO = "tidegate.build.info";

    /** Snapshots that Spark drivers sent, by what became of them. */
    public static final String SPARK_SNAPSHOTS = "tidegate.spark.snapshots";
    /** Snapshots that Spark drivers could not send, as they say. */
    public static final String SPARK_LOST = "tidegate.spark.snapshots.lost";
    /** Bodies of Spark drivers that were refused, by reason. */
    public static final String SPARK_REFUSED = "tidegate.spark.bodies.refused";

    /** States of {@link #SIGNALS}. */
    public static final List<String> SIGNAL_STATES = List.of("polled", "burst", "arming", "watched", "failing");

    private static final List<String> FINDINGS = List.of("empty", "held", "denied", "unknown");

    /** Bounds of the histograms: from a broker on the same machine to the time-out of a request. */
    private static final Duration[] BUCKETS = {
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
        Duration.ofSeconds(4),
        Duration.ofSeconds(10)
    };

    private static final List<EventType> PUBLISHED =
            List.of(EventType.POLICY, EventType.WORKLOAD, EventType.SAMPLE, EventType.TICK);

    private final MeterRegistry registry;
    private final Counter offsetSamples;
    private final Counter usageSamples;
    private final Counter sparkSamples;
    private final Counter valueSamples;
    private final Counter failedSamples;
    private final Map<Failure, Counter> failures = new EnumMap<>(Failure.class);
    private final Map<EventType, Counter> published = new EnumMap<>(EventType.class);
    private final Map<String, Counter> looks = new HashMap<>();
    private final Map<Snapshot, Counter> snapshots = new EnumMap<>(Snapshot.class);
    private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
    private final Counter lostSnapshots;
    private final Timer lagRead;
    private final Timer factsPublish;
    private final Timer query;
    private final Counter wakes;
    private final Counter refusedSpecs;

    /** Why something could not be read or published. */
    public enum Failure {
        TIMEOUT,
        DENIED,
        MISSING,
        USAGE,
        /** The REST API of a Spark driver. */
        DRIVER,
        /** A Prometheus does not answer a query with one number. */
        QUERY,
        PUBLISH,
        OTHER;

        String label() {
            return switch (this) {
                case TIMEOUT -> "timeout";
                case DENIED -> "denied";
                case MISSING -> "missing";
                case USAGE -> "usage";
                case DRIVER -> "driver";
                case QUERY -> "query";
                case PUBLISH -> "publish";
                case OTHER -> "other";
            };
        }
    }

    /** What became of a snapshot that a Spark driver sent. */
    public enum Snapshot {
        ACCEPTED,
        /** It is too old, or not newer than the one before. */
        OLD,
        /** No policy speaks of the sender. */
        UNMATCHED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a body of a Spark driver was refused. */
    public enum Refusal {
        /** The token is missing, or proves nothing. */
        UNPROVEN,
        /** The token is no pod's. */
        NO_POD,
        /** It speaks of an application that is not the sender's. */
        OTHER_APPLICATION,
        /** No token can be verified, or nothing is known of policies yet. */
        UNAVAILABLE,
        /** Too many at once, of this sender or of all. */
        RATE,
        /** More senders than are remembered. */
        SENDERS,
        TOO_LARGE,
        UNREADABLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CollectorMetrics(MeterRegistry registry) {
        this.registry = registry;
        offsetSamples = samples("offsets");
        usageSamples = samples("usage");
        sparkSamples = samples("spark");
        valueSamples = samples("value");
        failedSamples = samples("failed");
        for (Failure reason : Failure.values()) {
            failures.put(reason, counter(SAMPLE_FAILURES, "Readings that failed, by reason", "reason", reason.label()));
        }
        for (EventType type : PUBLISHED) {
            published.put(
                    type, counter(FACTS_PUBLISHED, "Facts that the broker took, by type", "type", type.shortName()));
        }
        for (Snapshot result : Snapshot.values()) {
            snapshots.put(
                    result,
                    counter(
                            SPARK_SNAPSHOTS,
                            "Snapshots that Spark drivers sent, by what became of them",
                            "result",
                            result.label()));
        }
        for (Refusal reason : Refusal.values()) {
            refusals.put(
                    reason,
                    counter(
                            SPARK_REFUSED,
                            "Bodies of Spark drivers that were refused, by reason",
                            "reason",
                            reason.label()));
        }
        for (String finding : FINDINGS) {
            looks.put(
                    finding,
                    counter(
                            LOOKS,
                            "Looks at what is left behind a commit that stands still, by what was found",
                            "finding",
                            finding));
        }
        lostSnapshots = counter(SPARK_LOST, "Snapshots that Spark drivers could not send, as they say");
        lagRead = histogram(LAG_READ, "Time of one read of offsets, from asking to the answer");
        factsPublish = histogram(FACTS_PUBLISH, "Time from handing a fact over to the broker's acknowledgement");
        query = histogram(QUERY, "Time of one query to a Prometheus, from asking to the answer");
        wakes = counter(WAKES, "Signals woken by the waiting fetch");
        refusedSpecs = counter(REFUSED_SPECS, "Specs of policies that were refused");
    }

    /** Shows which version runs. */
    public void running(String version) {
        Gauge.builder(BUILD_INFO, () -> 1)
                .description("1, with the version that runs")
                .tag("component", "telemetry-collector")
                .tag("version", version)
                .register(registry);
    }

    /** Counts a sample. */
    public void sampled(Reading reading) {
        switch (reading) {
            case Reading.Offsets offsets -> offsetSamples.increment();
            case Reading.Usage usage -> usageSamples.increment();
            case Reading.Pods pods -> usageSamples.increment();
            case Reading.Failed failed -> failedSamples.increment();
            case Reading.Spark spark -> sparkSamples.increment();
            case Reading.Value value -> valueSamples.increment();
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

    /** Records one query to a Prometheus, answered or not. */
    public void queried(Duration duration) {
        query.record(duration);
    }

    /** Counts a signal woken by the waiting fetch. */
    public void woken() {
        wakes.increment();
    }

    /** Counts a look at what is left of a partition. */
    public void looked(String finding) {
        counter(looks, finding).increment();
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

    /** Counts snapshots by what became of them. */
    public void snapshots(Snapshot result, long number) {
        counter(snapshots, result).increment((double) number);
    }

    /** Counts snapshots that a driver could not send. */
    public void lostSnapshots(long number) {
        lostSnapshots.increment((double) number);
    }

    /** Counts a body that was refused. */
    public void refused(Refusal reason) {
        counter(refusals, reason).increment();
    }

    /**
     * Shows what the collector knows when metrics are read.
     *
     * @param policies policies that are watched
     * @param shards shards that this instance owns
     * @param freshnessSeconds age of the newest reading of the signal that was read longest ago
     */
    public void observe(Supplier<Number> policies, Supplier<Number> shards, Supplier<Number> freshnessSeconds) {
        Gauge.builder(POLICIES, policies)
                .description("Policies that are watched")
                .register(registry);
        Gauge.builder(SHARDS, shards)
                .description("Shards that this instance owns")
                .register(registry);
        Gauge.builder(FRESHNESS, freshnessSeconds)
                .description("Age of the newest reading of the signal that was read longest ago; 0 without signals")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows the number of signals in a state. */
    public void signalsGauge(String state, Supplier<Number> value) {
        Gauge.builder(SIGNALS, value)
                .description("Signals by how they are watched")
                .tag("state", state)
                .register(registry);
    }

    private Counter samples(String kind) {
        return counter(SAMPLES, "Samples, by kind of reading", "kind", kind);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static <K> Counter counter(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + key);
        }
        return counter;
    }
}
