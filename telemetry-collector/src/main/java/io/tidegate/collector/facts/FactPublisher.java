package io.tidegate.collector.facts;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.metrics.CollectorMetrics.Failure;
import io.tidegate.collector.world.FactLog;
import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.TickFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.topic.Topics;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.contracts.wire.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes facts. Each key has a lane of its own, with one record under way and at most one that waits, the newest: order holds,
 * memory is bounded by the number of keys, and a slow broker costs samples, never the newest state of a policy or workload.
 */
public final class FactPublisher implements FactLog {

    private static final Logger LOG = Logger.getLogger(FactPublisher.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RecordSender sender;
    private final EventLoop loop;
    private final CollectorMetrics metrics;
    private final String instance;
    private final String idPrefix;
    private final AtomicLong lastId = new AtomicLong();
    /** Guards {@link #lanes}. */
    private final Object lock = new Object();

    private final Map<LaneKey, Lane> lanes = new HashMap<>();

    private record LaneKey(String topic, EventType type, String key, String signal) {}

    private record Pending(
            Fact fact, Envelope envelope, @Nullable TraceParent trace, CompletableFuture<Void> done) {}

    private static final class Lane {
        private @Nullable Pending waiting;
        private boolean dropped;
    }

    /**
     * @param loop where retries run
     * @param instance name of this collector
     * @param startedAt makes ids of one run differ from those of another
     */
    public FactPublisher(
            RecordSender sender, EventLoop loop, CollectorMetrics metrics, String instance, Instant startedAt) {
        this.sender = sender;
        this.loop = loop;
        this.metrics = metrics;
        this.instance = instance;
        this.idPrefix = instance + "-" + Long.toString(startedAt.toEpochMilli(), Character.MAX_RADIX) + "-";
    }

    /** Publishes a policy or workload, or its tombstone, as fact and as view; tried until the broker takes it or a newer one. */
    @Override
    public CompletionStage<Void> publish(Fact fact, Instant observedAt) {
        Envelope envelope = envelope(observedAt);
        TraceParent trace = trace();
        CompletableFuture<Void> asFact =
                offer(Topics.FACTS, "", new Pending(fact, envelope, trace, new CompletableFuture<>()));
        CompletableFuture<Void> asView =
                offer(view(fact), "", new Pending(fact, envelope, trace, new CompletableFuture<>()));
        return CompletableFuture.allOf(asFact, asView);
    }

    /** Publishes a sample; it gives way to a newer one of the same signal. */
    @Override
    public void publish(SampleFact sample, Instant observedAt) {
        var unused = offer(
                Topics.FACTS,
                sample.signal(),
                new Pending(sample, envelope(observedAt), trace(), new CompletableFuture<>()));
    }

    /** Publishes a tick to a partition. */
    @Override
    public void tick(int partition, Instant now) {
        var unused = offer(
                Topics.FACTS,
                "",
                new Pending(new TickFact(partition, instance), envelope(now), null, new CompletableFuture<>()));
    }

    /** Forgets what waits for keys that are this instance's no longer. */
    @Override
    public void drop(Predicate<String> key) {
        synchronized (lock) {
            lanes.forEach((lane, state) -> {
                if (key.test(lane.key())) {
                    state.waiting = null;
                    state.dropped = true;
                }
            });
        }
    }

    private static String view(Fact fact) {
        return switch (fact) {
            case PolicyFact policy -> Topics.POLICIES;
            case PolicyTombstone policy -> Topics.POLICIES;
            case WorkloadFact workload -> Topics.WORKLOADS;
            case WorkloadTombstone workload -> Topics.WORKLOADS;
            case SampleFact sample -> throw new IllegalArgumentException("samples have no view");
            case TickFact tick -> throw new IllegalArgumentException("ticks have no view");
            case OutcomeFact outcome -> throw new IllegalArgumentException("outcomes are not the collector's");
        };
    }

    private Envelope envelope(Instant time) {
        return new Envelope(idPrefix + lastId.incrementAndGet(), "tidegate/collector/" + instance, time);
    }

    /** A trace of its own: nobody knows yet whether something is decided on it. A tick has none, since many may be decided on one. */
    private static TraceParent trace() {
        return TraceParent.started(ThreadLocalRandom.current());
    }

    private CompletableFuture<Void> offer(String topic, String signal, Pending pending) {
        Fact fact = pending.fact();
        LaneKey key = new LaneKey(topic, EventCodec.typeOf(fact), fact.key(), signal);
        synchronized (lock) {
            Lane lane = lanes.get(key);
            if (lane != null) {
                supersede(lane.waiting, pending);
                lane.waiting = pending;
                lane.dropped = false;
                return pending.done();
            }
            lanes.put(key, new Lane());
        }
        send(key, pending);
        return pending.done();
    }

    private static void supersede(@Nullable Pending older, Pending newer) {
        if (older != null) {
            var unused = newer.done().thenRun(() -> older.done().complete(null));
        }
    }

    private void send(LaneKey key, Pending pending) {
        Fact fact = pending.fact();
        Integer partition = fact instanceof TickFact tick ? tick.partition() : null;
        long startedAt = loop.nanos();
        var unused = sender.send(new ProducerRecord<>(
                        key.topic(),
                        partition,
                        key.key(),
                        EventCodec.body(fact),
                        EventCodec.headers(key.type(), pending.envelope(), pending.trace())))
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        if (key.topic().equals(Topics.FACTS)) {
                            metrics.published(key.type(), Duration.ofNanos(loop.nanos() - startedAt));
                        }
                        pending.done().complete(null);
                        settled(key, null);
                    } else {
                        metrics.failed(Failure.PUBLISH);
                        LOG.debugf(failure, "not published: %s %s", key.type(), key.key());
                        settled(key, isKept(fact) ? pending : null);
                    }
                });
    }

    private static boolean isKept(Fact fact) {
        return !(fact instanceof SampleFact || fact instanceof TickFact);
    }

    private void settled(LaneKey key, @Nullable Pending failed) {
        if (failed == null) {
            proceed(key, null);
        } else {
            loop.after(RETRY, () -> proceed(key, failed));
        }
    }

    /** Goes on with what waits, else with what failed, else gives the lane up. */
    private void proceed(LaneKey key, @Nullable Pending failed) {
        @Nullable Pending following;
        synchronized (lock) {
            Lane lane = lanes.get(key);
            following = lane == null || lane.waiting != null || lane.dropped ? null : failed;
            if (lane != null && lane.waiting != null) {
                following = lane.waiting;
                supersede(failed, following);
                lane.waiting = null;
            }
            if (following == null) {
                lanes.remove(key);
            }
        }
        if (following != null) {
            send(key, following);
        }
    }
}
