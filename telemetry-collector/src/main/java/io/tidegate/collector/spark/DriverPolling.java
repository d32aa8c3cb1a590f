package io.tidegate.collector.spark;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.spark.DriverApi.UnreadableDriverException;
import io.tidegate.contracts.fact.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads drivers that do not tell of themselves, each again only after its last read is over. One that fails is read less often, so that
 * it holds up no other, and its failure is told when it is another than before, else every 30 s. Runs on the loop.
 */
public final class DriverPolling {

    private static final Duration REPEATED_EVERY = Duration.ofSeconds(30);
    /** Doubles the period up to 16 times, 80 s at its default. */
    private static final int MOST_DOUBLINGS = 4;

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);

    private final Source source;
    private final ReadingSink sink;
    private final EventLoop loop;
    private final InstantSource clock;
    private final CollectorMetrics metrics;
    private final Pace pace;
    private final Map<PolledDriver, Polled> drivers = new HashMap<>();

    /**
     * How drivers are read.
     *
     * @param period from the beginning of one read of a driver to that of the next
     * @param blocking runs the reads; its threads are as many as there are reads at a time
     */
    public record Pace(Duration period, Executor blocking) {}

    /** Reads one driver; blocks. */
    @FunctionalInterface
    interface Source {
        Reading.Spark read(PolledDriver driver) throws UnreadableDriverException, InterruptedException;
    }

    private static final class Polled {
        private int failures;
        private @Nullable String told;
        private long toldAt;
    }

    DriverPolling(Source source, ReadingSink sink, Surroundings surroundings, Pace pace) {
        this.source = source;
        this.sink = sink;
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.pace = pace;
    }

    /** Reads the REST API of drivers. */
    public static DriverPolling ofRestApi(ReadingSink sink, Surroundings surroundings, Pace pace) {
        return new DriverPolling(new DriverApi(REQUEST_LIMIT, surroundings.clock())::read, sink, surroundings, pace);
    }

    /** Reads exactly these from here on. */
    public void poll(Set<PolledDriver> wanted) {
        drivers.keySet().retainAll(wanted);
        for (PolledDriver driver : wanted) {
            if (!drivers.containsKey(driver)) {
                Polled polled = new Polled();
                drivers.put(driver, polled);
                read(driver, polled);
            }
        }
    }

    private void read(PolledDriver driver, Polled polled) {
        if (drivers.get(driver) != polled) {
            return;
        }
        long began = loop.nanos();
        pace.blocking().execute(() -> {
            Instant observedAt = clock.instant();
            Reading reading = readNow(driver);
            loop.execute(() -> done(driver, polled, new Outcome(reading, observedAt, began)));
        });
    }

    private record Outcome(Reading reading, Instant observedAt, long began) {}

    private Reading readNow(PolledDriver driver) {
        try {
            return source.read(driver);
        } catch (UnreadableDriverException e) {
            return new Reading.Failed(Objects.toString(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Failed("the collector is stopping");
        }
    }

    private void done(PolledDriver driver, Polled polled, Outcome outcome) {
        if (drivers.get(driver) != polled) {
            return;
        }
        if (outcome.reading() instanceof Reading.Failed failed) {
            metrics.failed(CollectorMetrics.Failure.DRIVER);
            polled.failures = Math.min(polled.failures + 1, MOST_DOUBLINGS);
            tellFailure(driver, polled, failed, outcome.observedAt());
        } else {
            polled.failures = 0;
            polled.told = null;
            sink.accept(driver.workload(), outcome.reading(), outcome.observedAt());
        }
        Duration rest = pace.period().multipliedBy(1L << polled.failures).minusNanos(loop.nanos() - outcome.began());
        loop.after(rest.isNegative() ? Duration.ZERO : rest, () -> read(driver, polled));
    }

    private void tellFailure(PolledDriver driver, Polled polled, Reading.Failed failed, Instant observedAt) {
        long now = loop.nanos();
        if (!failed.error().equals(polled.told) || now - polled.toldAt >= REPEATED_EVERY.toNanos()) {
            polled.told = failed.error();
            polled.toldAt = now;
            sink.accept(driver.workload(), failed, observedAt);
        }
    }
}
