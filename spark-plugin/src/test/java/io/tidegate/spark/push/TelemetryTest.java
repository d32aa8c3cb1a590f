package io.tidegate.spark.push;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.spark.ledger.JobsView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final AtomicInteger accepted = new AtomicInteger();
    private CollectorStub collector;
    private Path token;

    @BeforeEach
    void startCollector() throws IOException {
        collector = new CollectorStub();
        token = folder.resolve("token");
        Files.writeString(token, "secret-1");
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    private Telemetry telemetry(URI address) {
        return new Telemetry(address, token, accepted::incrementAndGet);
    }

    private static Snapshot snapshot(int jobs) {
        return new Snapshot(
                Instant.EPOCH,
                "spark-1",
                true,
                4,
                0,
                new Snapshot.Executors(1, 1, 1, 0, 0, OptionalLong.empty()),
                new JobsView(jobs, 0, List.of(), 0),
                List.of());
    }

    private void sendUntil(Telemetry telemetry, int bodies) {
        await().atMost(SOON).until(() -> {
            telemetry.send(System.nanoTime());
            return collector.bodies().size() >= bodies;
        });
    }

    @Test
    void sendsWhatWaitsAsOneBody() throws IOException {
        Telemetry telemetry = telemetry(collector.address());
        telemetry.add(snapshot(1));
        telemetry.add(snapshot(2));
        sendUntil(telemetry, 1);
        await().atMost(SOON).until(() -> accepted.get() == 1);
        assertEquals(List.of("Bearer secret-1"), collector.tokens());
        assertEquals(2, collector.snapshots().size());
        assertEquals(Optional.empty(), telemetry.problem());
    }

    @Test
    void readsTheTokenAgain() throws IOException {
        Telemetry telemetry = telemetry(collector.address());
        telemetry.add(snapshot(1));
        sendUntil(telemetry, 1);
        Files.writeString(token, "secret-2");
        telemetry.add(snapshot(2));
        sendUntil(telemetry, 2);
        assertEquals(List.of("Bearer secret-1", "Bearer secret-2"), collector.tokens());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void triesAgainLater(int status) throws IOException {
        collector.answer(status);
        Telemetry telemetry = telemetry(collector.address());
        telemetry.add(snapshot(1));
        sendUntil(telemetry, 1);
        await().atMost(SOON).until(() -> telemetry.problem().isPresent());
        collector.answer(202);
        sendUntil(telemetry, 2);
        await().atMost(SOON).until(() -> accepted.get() == 1);
        assertEquals(2, collector.snapshots().size());
        assertEquals(0, telemetry.dropped());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void dropsWhatIsRefusedForGood(int status) {
        collector.answer(status);
        Telemetry telemetry = telemetry(collector.address());
        telemetry.add(snapshot(1));
        sendUntil(telemetry, 1);
        await().atMost(SOON).until(() -> telemetry.dropped() == 1);
        assertEquals(0, accepted.get());
    }

    @Test
    void keepsABoundedNumberWhileNobodyListens() {
        collector.close();
        Telemetry telemetry = telemetry(collector.address());
        for (int i = 0; i < 20_000; i++) {
            telemetry.add(snapshot(i));
        }
        assertTrue(telemetry.dropped() > 5_000, () -> telemetry.dropped() + " dropped");
        telemetry.send(System.nanoTime());
        await().atMost(SOON).until(() -> telemetry.problem().isPresent());
        assertEquals(Optional.of("the collector cannot be reached"), telemetry.problem());
    }

    @Test
    void saysThatThereIsNoToken() throws IOException {
        Files.delete(token);
        Telemetry telemetry = telemetry(collector.address());
        telemetry.add(snapshot(1));
        telemetry.send(System.nanoTime());
        assertEquals(Optional.of("no token for the collector can be read"), telemetry.problem());
    }
}
