package io.tidegate.autoscaler.report;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.tidegate.autoscaler.config.Settings;
import io.tidegate.autoscaler.metrics.Meters;
import io.tidegate.contracts.fact.OutcomeFact;
import io.tidegate.contracts.wire.Envelope;
import io.tidegate.contracts.wire.EventCodec;
import io.tidegate.contracts.wire.EventType;
import io.tidegate.contracts.wire.TraceParent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Outcomes on tidegate.facts. While Kafka is away they wait here, the latest of them. */
@ApplicationScoped
public class KafkaOutcomes implements OutcomeLog {

    /** About 5 MB; a fallback of this many workloads is still told in full. */
    private static final int KEPT = 10_000;

    private static final int IN_FLIGHT = 256;
    private static final long RETRY_MILLIS = 1000;

    private final Emitter<byte[]> emitter;
    private final Meters meters;
    private final InstantSource wall;
    private final String source;
    private final String idPrefix;
    private final Deque<Outcome> waiting = new ArrayDeque<>();
    private int inFlight;
    private long numbered;
    private boolean paused;

    public KafkaOutcomes(
            @Channel("outcomes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> emitter,
            Settings settings,
            Meters meters,
            InstantSource wall) {
        this.emitter = emitter;
        this.meters = meters;
        this.wall = wall;
        this.source = "tidegate/autoscaler/" + settings.instance();
        this.idPrefix = settings.instance() + "-" + wall.millis() + "-";
    }

    @Override
    public void append(OutcomeFact outcome, @Nullable TraceParent trace) {
        synchronized (this) {
            numbered++;
            if (waiting.size() >= KEPT) {
                waiting.removeFirst();
                meters.outcomeLost();
            }
            waiting.addLast(new Outcome(outcome, idPrefix + numbered, wall.instant(), trace));
        }
        drain();
    }

    private void drain() {
        while (true) {
            Outcome next;
            synchronized (this) {
                if (paused || inFlight >= IN_FLIGHT || waiting.isEmpty()) {
                    return;
                }
                next = waiting.removeFirst();
                inFlight++;
            }
            send(next);
        }
    }

    private void send(Outcome outcome) {
        Envelope envelope = new Envelope(outcome.id(), source, outcome.at());
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(outcome.fact().key())
                .withHeaders(EventCodec.headers(EventType.OUTCOME, envelope, outcome.trace()))
                .build();
        byte[] body = Objects.requireNonNull(EventCodec.body(outcome.fact()), "body");
        emitter.send(Message.of(
                body,
                Metadata.of(metadata),
                () -> {
                    sent();
                    return CompletableFuture.completedFuture(null);
                },
                failure -> {
                    failed(outcome);
                    return CompletableFuture.completedFuture(null);
                }));
    }

    private void sent() {
        synchronized (this) {
            inFlight--;
        }
        drain();
    }

    private void failed(Outcome outcome) {
        synchronized (this) {
            inFlight--;
            waiting.addFirst(outcome);
            if (paused) {
                return;
            }
            paused = true;
        }
        Executor later = CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        later.execute(() -> {
            synchronized (this) {
                paused = false;
            }
            drain();
        });
    }

    private record Outcome(
            OutcomeFact fact,
            String id,
            Instant at,
            @Nullable TraceParent trace) {}
}
