package io.tidegate.spark;

import io.tidegate.spark.push.Snapshot;
import io.tidegate.spark.push.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Takes a snapshot when something has changed, and now and then when nothing has, and has it sent. */
final class Sampler {
    private static final Duration AT_LEAST_EACH = Duration.ofSeconds(5);

    private final DriverSession session;
    private final ScaleStep scale;
    private final String appId;
    private final Telemetry telemetry;
    private long sampledAt;
    private long seen = -1;

    Sampler(DriverSession session, ScaleStep scale, String appId, Telemetry telemetry) {
        this.session = session;
        this.scale = scale;
        this.appId = appId;
        this.telemetry = telemetry;
        sampledAt = System.nanoTime();
    }

    void run(long now) {
        long revision = session.stages().revision() + session.queries().revision();
        if (revision != seen || now - sampledAt >= AT_LEAST_EACH.toNanos()) {
            telemetry.add(snapshot());
            seen = revision;
            sampledAt = now;
        }
        telemetry.send(now);
        session.troubles().set("telemetry to the collector", telemetry.problem());
    }

    private Snapshot snapshot() {
        Set<String> running = scale.present().running();
        Map<String, Integer> tasks = session.stages().runningTasks();
        Snapshot.Executors executors = new Snapshot.Executors(
                session.clamp().wanted(),
                session.clamp().granted(),
                running.size(),
                (int) running.stream().filter(tasks::containsKey).count(),
                scale.present().draining().size(),
                session.starts().last());
        Instant at = Instant.now();
        return new Snapshot(
                at,
                appId,
                session.settings().dynamic(),
                session.settings().slots(),
                Math.max(0, at.toEpochMilli() - session.context().startTime()),
                executors,
                session.stages().view(Snapshot.MAX_STAGES),
                session.queries().view());
    }
}
