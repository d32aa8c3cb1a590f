package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.act.Actor.ActingRules;
import io.tidegate.autoscaler.act.Actor.Levers;
import io.tidegate.autoscaler.act.Actor.Surroundings;
import io.tidegate.autoscaler.act.WriteLimits.Rate;
import io.tidegate.autoscaler.targets.HeldTargets;
import io.tidegate.autoscaler.testing.ManualClock;
import io.tidegate.autoscaler.testing.RecordingReports;
import io.tidegate.autoscaler.time.StallDetector;
import io.tidegate.contracts.target.Heartbeat;
import io.tidegate.contracts.target.TargetMessage;
import io.tidegate.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;

/** An actor that owns one partition, with a clock that is moved by hand. */
final class ActorStage {

    static final int PARTITION = 3;

    final ManualClock clock = new ManualClock();
    final RecordingReports reports = new RecordingReports();
    final HeldTargets targets = new HeldTargets("test", clock.nanos());
    final Actor actor;
    private final StallDetector stalls = new StallDetector(Duration.ofSeconds(3), Duration.ofSeconds(6), clock.nanos());
    private long offset;

    ActorStage(Levers levers) {
        ActingRules rules = new ActingRules(
                new FencingRules(Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(10)),
                new AttemptRules(5, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(5)),
                new ConflictRules(Duration.ofSeconds(60), 2, Duration.ofMinutes(10)),
                new Rate(50, 200),
                new Rate(2, 3));
        actor = new Actor(targets, levers, rules, stalls, new Surroundings(reports, clock, clock));
    }

    void ownThePartitionForLong() {
        targets.assigned(PARTITION, 0, clock.nanos());
        live(Duration.ofSeconds(20));
    }

    void readFromTheStart() {
        offset = 0;
    }

    void take(TargetMessage message) {
        try {
            actor.changed(targets.take(PARTITION, offset++, message, clock.nanos()));
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    void heartbeat() {
        take(new Heartbeat(PARTITION, Instant.EPOCH));
    }

    /** Lets time pass with heartbeats and ticks. */
    void live(Duration duration) {
        pass(duration, true);
    }

    /** Lets time pass with ticks only, as when the stream is silent. */
    void tick(Duration duration) {
        pass(duration, false);
    }

    private void pass(Duration duration, boolean heartbeats) {
        Duration step = Duration.ofMillis(100);
        for (Duration left = duration; left.isPositive(); left = left.minus(step)) {
            if (heartbeats) {
                heartbeat();
            }
            stalls.tick(clock.nanos());
            actor.watchSilence();
            clock.advance(left.compareTo(step) < 0 ? left : step);
        }
        if (heartbeats) {
            heartbeat();
        }
        stalls.tick(clock.nanos());
        clock.advance(Duration.ZERO);
    }
}
