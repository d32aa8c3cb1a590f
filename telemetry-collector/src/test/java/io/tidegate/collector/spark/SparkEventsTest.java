package io.tidegate.collector.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.metrics.CollectorMetrics.Refusal;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.sender.TokenVerifier.Verdict;
import io.tidegate.collector.spark.SparkEvents.Answer;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.id.WorkloadId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SparkEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:05Z");
    private static final WorkloadId NIGHTLY = WorkloadId.parse("default/sales/SparkDriver/nightly");
    private static final Sender DRIVER = new Sender("sales", "driver", "u-1");
    private static final String CANARY = "canary-4711";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Told> told = new ArrayList<>();
    private final SparkEvents events = new SparkEvents(
            SparkEventsTest::verdict,
            new SparkEvents.Outlet(
                    sender -> sender.equals(DRIVER)
                            ? Optional.of(new DriverDirectory.Driver(NIGHTLY, Snapshots.APP_ID))
                            : Optional.empty(),
                    (workload, reading, observedAt) -> told.add(new Told(workload, reading, observedAt))),
            new CollectorMetrics(registry),
            () -> NOW,
            nanos::get);

    private record Told(WorkloadId workload, Reading reading, Instant observedAt) {}

    /** How many bytes each read gives. */
    private interface Script {
        int read(int length) throws IOException;
    }

    private static final class Scripted extends InputStream {
        private final Script script;

        Scripted(Script script) {
            this.script = script;
        }

        @Override
        public int read() throws IOException {
            return script.read(1) > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = script.read(length);
            Arrays.fill(into, from, from + read, (byte) ' ');
            return read;
        }
    }

    private static final InputStream UNTOUCHED = new Scripted(length -> {
        throw new AssertionError("this body must not be read");
    });

    /** The header says who sends. */
    private static Verdict verdict(@Nullable String authorization) {
        return switch (String.valueOf(authorization)) {
            case "driver" -> new Verdict.Proven(DRIVER);
            case "recreated" -> new Verdict.Proven(new Sender("sales", "driver", "u-2"));
            case "account" -> new Verdict.NoPod("no pod");
            case "no keys" -> new Verdict.Unknown("no keys");
            default -> new Verdict.Unproven("no token");
        };
    }

    @Test
    void tellsTheReadingOfTheDriversWorkloadAtTheTimeThatItWasMade() {
        assertEquals(new Answer.Taken(), take("driver", Snapshots.BODY));
        assertEquals(List.of(new Told(NIGHTLY, Snapshots.READING, NOW.minusMillis(500))), told);
        assertEquals(1, count("tidegate.spark.snapshots", "result", "accepted"));
        assertEquals(3, registry.counter("tidegate.spark.snapshots.lost").count());
    }

    @Test
    void dropsASnapshotThatIsNotNewer() {
        take("driver", Snapshots.body(Snapshots.APP_ID, "2026-11-29T12:00:02Z", "2026-11-29T12:00:02Z"));
        take("driver", Snapshots.body(Snapshots.APP_ID, "2026-11-29T12:00:01Z", "2026-11-29T12:00:03Z"));
        take("driver", Snapshots.body(Snapshots.APP_ID, "2026-11-29T12:00:02Z", "2026-11-29T12:00:04Z"));
        assertEquals(1, told.size());
        assertEquals(2, count("tidegate.spark.snapshots", "result", "old"));
    }

    @Test
    void storesNothingOfASenderThatNoPolicySpeaksOf() {
        assertEquals(new Answer.Taken(), take("recreated", Snapshots.BODY));
        assertEquals(List.of(), told);
        assertEquals(1, count("tidegate.spark.snapshots", "result", "unmatched"));
    }

    @Test
    void takesNothingOfAnotherApplicationOrOfNobody() {
        assertEquals(
                Refusal.OTHER_APPLICATION,
                refusal(take("driver", Snapshots.body(CANARY, "2026-11-29T12:00:02Z", "2026-11-29T12:00:02Z"))));
        assertEquals(Refusal.NO_POD, refusal(take("account", Snapshots.BODY)));
        assertEquals(Refusal.UNPROVEN, refusal(take("", Snapshots.BODY)));
        assertEquals(Refusal.UNAVAILABLE, refusal(take("no keys", Snapshots.BODY)));
        assertEquals(Refusal.UNREADABLE, refusal(take("driver", "{\"" + CANARY)));
        assertEquals(List.of(), told);
        assertEquals(1, count("tidegate.spark.bodies.refused", "reason", "other_application"));
        assertEquals(1, count("tidegate.spark.bodies.refused", "reason", "no_pod"));
        assertEquals(1, count("tidegate.spark.bodies.refused", "reason", "unproven"));
        assertEquals(1, count("tidegate.spark.bodies.refused", "reason", "unavailable"));
        assertEquals(1, count("tidegate.spark.bodies.refused", "reason", "unreadable"));
    }

    @Test
    void refusesABodyThatIsTooLargeAndReadsNotMuchMoreOfIt() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new Scripted(length -> {
            read.addAndGet(length);
            return length;
        });
        assertEquals(Refusal.TOO_LARGE, refusal(events.take("driver", null, endless)));
        assertFalse(read.get() > (10 << 20), () -> read + " bytes read");
        read.set(0);
        assertEquals(Refusal.TOO_LARGE, refusal(events.take("driver", 1_048_577L, endless)));
        assertFalse(read.get() > (9 << 20), () -> read + " bytes read");
    }

    @Test
    void readsNoBodyOfASenderThatIsNotKnown() {
        assertEquals(Refusal.UNPROVEN, refusal(events.take("nobody", null, UNTOUCHED)));
    }

    @Test
    void refusesABodyThatEndsEarlyOrTricklesIn() {
        InputStream broken = new Scripted(length -> {
            throw new IOException(CANARY);
        });
        Answer.Refused refused = assertInstanceOf(Answer.Refused.class, events.take("driver", null, broken));
        assertEquals("the body ended too early, or took longer than 10 s", refused.error());
        InputStream trickle = new Scripted(length -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return 1;
        });
        assertEquals(Refusal.UNREADABLE, refusal(events.take("driver", null, trickle)));
        long before = nanos.get();
        assertEquals(Refusal.TOO_LARGE, refusal(events.take("driver", 1_048_577L, trickle)));
        assertEquals(Duration.ofSeconds(2), Duration.ofNanos(nanos.get() - before), "drained for no longer");
    }

    @Test
    void boundsHowOftenASenderSends() {
        for (int body = 0; body < 20; body++) {
            assertEquals(new Answer.Taken(), take("recreated", Snapshots.BODY));
        }
        assertEquals(Refusal.RATE, refusal(take("recreated", Snapshots.BODY)));
        assertEquals(new Answer.Taken(), take("driver", Snapshots.BODY), "others are not in its way");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(new Answer.Taken(), take("recreated", Snapshots.BODY));
    }

    private Answer take(String authorization, String body) {
        return events.take(authorization, null, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Refusal refusal(Answer answer) {
        Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer);
        assertFalse(refused.error().contains(CANARY), refused.error());
        return refused.reason();
    }

    private double count(String name, String label, String value) {
        return registry.counter(name, label, value).count();
    }
}
