package io.tidegate.decision.simulation;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Step;
import io.tidegate.decision.model.Decision;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.model.Snapshot;
import io.tidegate.decision.model.TargetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Runs a scenario with the engine in the loop: facts in, decisions out, and the world follows them a little later. */
final class ClosedLoop {
    private static final long STEP = 20;
    private static final long SAMPLE_PERIOD = 200;
    private static final long HEARTBEAT = 30_000;
    /** From decision to patched size: two hops of the log and one write. */
    private static final long ACTUATION = 60;

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Scenario scenario;
    private final Random random;
    private final Waits waits = new Waits();
    private final Topic topic;
    private final Group group;
    private final Consumer<Decision> each;
    private final List<Result.Change> changes = new ArrayList<>();
    private Memory memory = Memory.empty();
    private List<SignalSample> samples = List.of();
    private Instant due = EPOCH;
    private int asked;
    private long askedAt = -1;
    private String sentence = "";

    private ClosedLoop(Scenario scenario, Consumer<Decision> each) {
        this.scenario = scenario;
        this.random = new Random(scenario.seed());
        this.topic = new Topic(scenario.partitions(), waits);
        this.group = new Group(topic, scenario, random);
        this.each = each;
    }

    static Result run(Scenario scenario) {
        return new ClosedLoop(scenario, decision -> {}).run();
    }

    static Result run(Scenario scenario, Consumer<Decision> each) {
        return new ClosedLoop(scenario, each).run();
    }

    private Result run() {
        double replicaSeconds = 0;
        double arriving = 0;
        double factor = 1;
        long lastSample = -HEARTBEAT;
        group.scaleTo(scenario.policy().min(), 0);
        long length = Math.round(scenario.load().seconds() * 1_000);
        for (long now = 0; now <= length; now += STEP) {
            if (now % 100 == 0) {
                factor = 1 + scenario.noise() * (2 * random.nextDouble() - 1);
            }
            arriving += scenario.load().at(now / 1e3) * scenario.rate() * factor * STEP / 1e3;
            topic.append((long) arriving, now);
            arriving -= (long) arriving;
            boolean news = actuate(now);
            news |= group.advance(now, STEP);
            boolean quiet = group.replicas() == 0 && topic.appended() == topic.committed();
            if (now - lastSample >= (quiet ? HEARTBEAT : SAMPLE_PERIOD)) {
                lastSample = now;
                samples = List.of(new SignalSample(
                        scenario.policy().signals().getFirst().name(),
                        EPOCH.plusMillis(now),
                        new Reading.Offsets(topic.offsets())));
                news = true;
            }
            if (news || !EPOCH.plusMillis(now).isBefore(due)) {
                decide(now);
            }
            replicaSeconds += group.replicas() * STEP / 1e3;
        }
        return new Result(
                scenario.label(),
                topic.appended(),
                topic.committed(),
                waits.percentile(99),
                waits.percentile(100),
                replicaSeconds,
                topic.appended() / scenario.rate(),
                group.replicas(),
                changes);
    }

    private boolean actuate(long now) {
        if (askedAt < 0 || now < askedAt + ACTUATION) {
            return false;
        }
        askedAt = -1;
        group.scaleTo(asked, now);
        changes.add(new Result.Change(now / 1e3, asked, sentence));
        return true;
    }

    private void decide(long now) {
        Instant at = EPOCH.plusMillis(now);
        TargetState target =
                new TargetState.Known(group.replicas(), group.replicas(), group.pods(), Optional.empty(), at);
        Step step = DecisionEngine.decide(scenario.policy(), new Snapshot(target, samples), memory, at);
        memory = step.memory();
        due = step.nextDue();
        each.accept(step.decision());
        int desired = step.decision().desired();
        if (desired == group.replicas()) {
            askedAt = -1;
        } else if (askedAt < 0 || desired != asked) {
            asked = desired;
            askedAt = askedAt < 0 ? now : askedAt;
            sentence = step.decision().sentence();
        }
    }
}
