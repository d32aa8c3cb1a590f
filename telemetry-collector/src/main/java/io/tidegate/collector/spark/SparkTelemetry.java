package io.tidegate.collector.spark;

import io.tidegate.collector.config.CollectorConfig;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.ThreadLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.metrics.CollectorMetrics.Refusal;
import io.tidegate.collector.sender.KeySource;
import io.tidegate.collector.sender.SigningKeys;
import io.tidegate.collector.sender.TokenVerifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What drivers send, from the first request on, which may come before all else is there. */
@Singleton
public final class SparkTelemetry {

    private final String audience;
    private final CollectorMetrics metrics;
    private final InstantSource clock = InstantSource.system();
    private final ThreadLoop keyLoop = new ThreadLoop("signing-keys");
    /** Its own: without keys nothing but Spark's events suffers. */
    private final Outages outages = new Outages(clock);

    private volatile @Nullable SigningKeys keys;
    private volatile @Nullable SparkEvents events;

    @Inject
    public SparkTelemetry(CollectorConfig config, CollectorMetrics metrics) {
        this.audience = config.spark().audience();
        this.metrics = metrics;
    }

    /** Begins to read keys. */
    public void start(KeySource source) {
        SigningKeys started = new SigningKeys(source, keyLoop, outages);
        keys = started;
        keyLoop.execute(started::start);
    }

    /** Takes what is sent from here on. */
    public void connect(DriverDirectory drivers, ReadingSink readings) {
        SigningKeys started = keys;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        events = new SparkEvents(
                new TokenVerifier(started, audience, clock)::verify,
                new SparkEvents.Outlet(drivers, readings),
                metrics,
                clock,
                System::nanoTime);
    }

    public void close() {
        keyLoop.close();
    }

    /** Whether tokens can be verified, in words. */
    public String state() {
        Map<String, String> current = outages.current();
        if (!current.isEmpty()) {
            return String.join("; ", current.values());
        }
        SigningKeys started = keys;
        return started != null && started.areKnown() ? "read" : "not read yet";
    }

    SparkEvents.Answer take(@Nullable String authorization, @Nullable Long announced, InputStream body) {
        SparkEvents connected = events;
        if (connected == null) {
            metrics.refused(Refusal.UNAVAILABLE);
            return new SparkEvents.Answer.Refused(
                    Refusal.UNAVAILABLE, "the collector has not read the cluster yet; try again in a second");
        }
        return connected.take(authorization, announced, body);
    }
}
