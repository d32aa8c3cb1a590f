package io.tidegate.collector.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.spark.DriverApi.UnreadableDriverException;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriverPollingTest {

    private static final PolledDriver DRIVER =
            new PolledDriver(WorkloadId.parse("default/sales/SparkDriver/nightly"), "spark-1a2b", "10.0.0.1", 4040);

    private final ManualLoop loop = new ManualLoop();
    private final List<Reading> told = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private String failure = "";
    private int reads;
    private final DriverPolling polling = new DriverPolling(
            this::read,
            (workload, reading, observedAt) -> told.add(reading),
            new Surroundings(loop, () -> Instant.EPOCH, new CollectorMetrics(new SimpleMeterRegistry())),
            new DriverPolling.Pace(Duration.ofSeconds(5), waiting::add));

    private Reading.Spark read(PolledDriver driver) throws UnreadableDriverException {
        reads++;
        if (!failure.isEmpty()) {
            throw new UnreadableDriverException(failure);
        }
        return Snapshots.READING;
    }

    @Test
    void readsADriverEachPeriodUntilItTellsOfItself() {
        polling.poll(Set.of(DRIVER));
        advance(11);
        assertEquals(List.of(Snapshots.READING, Snapshots.READING, Snapshots.READING), told);
        polling.poll(Set.of(DRIVER));
        advance(5);
        assertEquals(4, reads, "it is not read twice as often");
        polling.poll(Set.of());
        advance(60);
        assertEquals(4, reads);
    }

    @Test
    void waitsForTheLastReadAndTellsNothingOfADriverThatIsGone() {
        polling.poll(Set.of(DRIVER));
        loop.advance(Duration.ofSeconds(60));
        assertEquals(1, waiting.size(), "one read at a time");
        polling.poll(Set.of());
        advance(1);
        assertEquals(List.of(), told);
    }

    @Test
    void readsOneThatFailsLessOftenAndTellsTheSameFailureEachHalfMinute() {
        failure = "no answer";
        polling.poll(Set.of(DRIVER));
        advance(1);
        assertEquals(List.of(new Reading.Failed("no answer")), told);
        advance(29);
        assertEquals(2, reads, "after 0 and 10 s, then 20 s later");
        assertEquals(1, told.size());
        advance(10);
        assertEquals(2, told.size());
        failure = "another answer";
        advance(80);
        assertEquals(new Reading.Failed("another answer"), told.getLast());
        failure = "";
        advance(80);
        int before = reads;
        advance(20);
        assertEquals(before + 4, reads, "once it answers it is read as often as before");
    }

    private void advance(int seconds) {
        for (int step = 0; step < seconds * 10; step++) {
            List.copyOf(waiting).forEach(Runnable::run);
            waiting.clear();
            loop.advance(Duration.ofMillis(100));
        }
    }
}
