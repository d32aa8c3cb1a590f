package io.tidegate.collector.spark;

import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.metrics.CollectorMetrics.Refusal;
import io.tidegate.collector.metrics.CollectorMetrics.Snapshot;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.sender.TokenVerifier;
import io.tidegate.collector.spark.SnapshotReader.Batch;
import io.tidegate.collector.spark.SnapshotReader.UnreadableBodyException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what drivers send. A driver speaks for its own pod only, as its token says; what it sends goes to the log whichever instance
 * receives it, since drivers don't know who owns which shard.
 */
final class SparkEvents {

    static final int MOST_SENDERS = 10_000;
    /** So that no namespace takes them all. */
    static final int MOST_SENDERS_OF_A_NAMESPACE = 2_000;

    /** Bodies that are read at a time; each takes at most a thread and 1 MiB. */
    private static final int MOST_AT_ONCE = 32;

    private static final int MOST_AT_ONCE_OF_A_NAMESPACE = 8;
    /** Trees of JSON take many times the memory of their text. */
    private static final int MOST_PARSED_AT_ONCE = 4;

    private static final Duration BODY_LIMIT = Duration.ofSeconds(10);

    private final Function<@Nullable String, TokenVerifier.Verdict> verifier;
    private final Outlet outlet;
    private final CollectorMetrics metrics;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Senders senders = new Senders(new Seats(MOST_SENDERS, MOST_SENDERS_OF_A_NAMESPACE));
    private final BodyReader bodies;
    private final Seats atOnce = new Seats(MOST_AT_ONCE, MOST_AT_ONCE_OF_A_NAMESPACE);
    private final Semaphore parsed = new Semaphore(MOST_PARSED_AT_ONCE);

    /** Where snapshots go. */
    record Outlet(DriverDirectory drivers, ReadingSink readings) {}

    /**
     * @param verifier says who sends, by the header Authorization of a request
     * @param nanos a monotonic clock
     */
    SparkEvents(
            Function<@Nullable String, TokenVerifier.Verdict> verifier,
            Outlet outlet,
            CollectorMetrics metrics,
            InstantSource clock,
            LongSupplier nanos) {
        this.verifier = verifier;
        this.outlet = outlet;
        this.metrics = metrics;
        this.clock = clock;
        this.nanos = nanos;
        this.bodies = new BodyReader(SnapshotReader.MOST_BYTES, BODY_LIMIT, nanos);
    }

    /** What is answered. */
    sealed interface Answer {

        /** All is well, whether or not any policy speaks of the sender. */
        record Taken() implements Answer {}

        /** It was refused. */
        record Refused(Refusal reason, String error) implements Answer {}
    }

    /**
     * Takes a body.
     *
     * @param authorization the header of that name; absent if there is none
     * @param announced the length that the body should have; absent if it is not said
     */
    Answer take(@Nullable String authorization, @Nullable Long announced, InputStream body) {
        Answer answer = switch (verifier.apply(authorization)) {
            case TokenVerifier.Verdict.Proven proven -> takeInTurn(proven.sender(), announced, body);
            case TokenVerifier.Verdict.Unproven unproven -> new Answer.Refused(Refusal.UNPROVEN, unproven.words());
            case TokenVerifier.Verdict.NoPod noPod -> new Answer.Refused(Refusal.NO_POD, noPod.words());
            case TokenVerifier.Verdict.Unknown unknown -> new Answer.Refused(Refusal.UNAVAILABLE, unknown.words());
        };
        if (answer instanceof Answer.Refused refused) {
            metrics.refused(refused.reason());
        }
        return answer;
    }

    /**
     * A body that was not read yet.
     *
     * @param announced the length that it should have; absent if it is not said
     */
    private record Body(@Nullable Long announced, InputStream stream) {
        boolean isTooLarge() {
            return announced != null && announced > SnapshotReader.MOST_BYTES;
        }
    }

    private Answer takeInTurn(Sender sender, @Nullable Long announced, InputStream body) {
        Optional<SenderState> known = senders.of(sender, nanos.getAsLong());
        if (known.isEmpty()) {
            return new Answer.Refused(
                    Refusal.SENDERS, "too many drivers send, of this namespace or of all; try again later");
        }
        SenderState state = known.get();
        if (!state.enter(nanos.getAsLong())) {
            return new Answer.Refused(
                    Refusal.RATE, "send one body at a time, and not more than " + SenderState.PER_SECOND + " a second");
        }
        try {
            return takeIfFree(sender, state, new Body(announced, body));
        } finally {
            state.leave();
        }
    }

    private Answer takeIfFree(Sender sender, SenderState state, Body body) {
        if (!atOnce.take(sender.namespace())) {
            return new Answer.Refused(Refusal.UNAVAILABLE, "too many drivers send at once; try again in a second");
        }
        try {
            Optional<byte[]> bytes = body.isTooLarge() ? Optional.empty() : bodies.read(body.stream());
            return bytes.isEmpty() ? tooLarge(body) : take(sender, state, parse(bytes.get()));
        } catch (IOException e) {
            return new Answer.Refused(
                    Refusal.UNREADABLE,
                    "the body ended too early, or took longer than " + BODY_LIMIT.toSeconds() + " s");
        } catch (UnreadableBodyException e) {
            return new Answer.Refused(Refusal.UNREADABLE, String.valueOf(e.getMessage()));
        } finally {
            atOnce.giveBack(sender.namespace());
        }
    }

    private Batch parse(byte[] bytes) throws UnreadableBodyException {
        parsed.acquireUninterruptibly();
        try {
            return SnapshotReader.read(bytes);
        } finally {
            parsed.release();
        }
    }

    private Answer tooLarge(Body body) {
        bodies.drain(body.stream());
        return new Answer.Refused(
                Refusal.TOO_LARGE, "the body has more than " + SnapshotReader.MOST_BYTES + " bytes; send less at once");
    }

    private Answer take(Sender sender, SenderState state, Batch batch) {
        Instant receivedAt = clock.instant();
        metrics.lostSnapshots(state.newlyLost(batch.dropped()));
        List<SnapshotReader.Snapshot> snapshots = batch.snapshots();
        Optional<DriverDirectory.Driver> driver = outlet.drivers().find(sender);
        if (driver.isEmpty()) {
            metrics.snapshots(Snapshot.UNMATCHED, snapshots.size());
            return new Answer.Taken();
        }
        String appId = driver.get().appId();
        if (!snapshots.stream().allMatch(snapshot -> snapshot.reading().appId().equals(appId))) {
            return new Answer.Refused(
                    Refusal.OTHER_APPLICATION,
                    "appId must be that of the label spark-app-selector of the driver pod that sends");
        }
        snapshots.stream()
                .sorted(Comparator.comparing(SnapshotReader.Snapshot::at))
                .forEach(snapshot -> state.place(snapshot.at(), batch.sentAt(), receivedAt, nanos.getAsLong())
                        .ifPresentOrElse(
                                observedAt -> {
                                    metrics.snapshots(Snapshot.ACCEPTED, 1);
                                    outlet.readings().accept(driver.get().workload(), snapshot.reading(), observedAt);
                                },
                                () -> metrics.snapshots(Snapshot.OLD, 1)));
        return new Answer.Taken();
    }
}
