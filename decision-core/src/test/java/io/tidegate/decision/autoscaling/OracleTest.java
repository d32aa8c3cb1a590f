package io.tidegate.decision.autoscaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.DecisionEngine;
import io.tidegate.decision.Facts;
import io.tidegate.decision.Memory;
import io.tidegate.decision.Pod;
import io.tidegate.decision.Row;
import io.tidegate.decision.Step;
import io.tidegate.decision.autoscaling.BehaviorOracle.Limit;
import io.tidegate.decision.autoscaling.BehaviorOracle.Rules;
import io.tidegate.decision.model.PodPhase;
import io.tidegate.decision.model.PodReading;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.policy.Behavior;
import io.tidegate.decision.policy.Mode;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.RateLimit;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget;
import io.tidegate.decision.policy.ScalingRules;
import io.tidegate.decision.policy.SelectPolicy;
import io.tidegate.decision.policy.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random workloads of resource signals take the sizes that autoscaling/v2 gives them, decision by decision. */
class OracleTest {
    private static final int WORKLOADS = 3_000;
    private static final int STEPS = 40;

    @Test
    @Row("use/as-autoscaling")
    void sizesRandomWorkloadsAsAutoscalingDoes() {
        for (int seed = 0; seed < WORKLOADS; seed++) {
            new Life(seed).live();
        }
    }

    private static final class Life {
        private final int seed;
        private final Random random;
        private final int min;
        private final int max;
        private final Rules up;
        private final Rules down;
        private final BehaviorOracle behavior;
        private final List<ReplicaOracle> replicas = new ArrayList<>();
        private final List<Signal> signals = new ArrayList<>();
        private final Policy policy;
        private long now = Facts.START.toEpochMilli();
        private int current;

        Life(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.min = 1 + random.nextInt(3);
            this.max = min + random.nextInt(30);
            this.up = rules();
            this.down = rules();
            this.behavior = new BehaviorOracle(min, max, up, down);
            int toleranceUp = random.nextInt(30);
            int toleranceDown = random.nextInt(30);
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                addSignal(toleranceUp, toleranceDown);
            }
            Behavior rules = new Behavior(translated(up, toleranceUp), translated(down, toleranceDown));
            this.policy =
                    new Policy(Mode.ENFORCE, min, max, Optional.empty(), signals, Optional.of(rules), Optional.empty());
            this.current = min + random.nextInt(max - min + 1);
        }

        private void addSignal(int toleranceUp, int toleranceDown) {
            boolean cpu = random.nextInt(3) > 0;
            boolean utilization = random.nextBoolean();
            long target = utilization ? 1 + random.nextInt(150) : 1 + random.nextInt(900);
            long initialization = random.nextBoolean() ? 0 : 1_000L * random.nextInt(60);
            long delay = 1_000L * random.nextInt(30);
            // Memory counts in thousandths of a byte there.
            long scaled = cpu || utilization ? target : target * 1_000;
            replicas.add(new ReplicaOracle(
                    utilization, scaled, cpu, new long[] {initialization, delay}, toleranceUp, toleranceDown));
            signals.add(new ResourceSignal(
                    "s" + signals.size(),
                    cpu ? Resource.CPU : Resource.MEMORY,
                    Optional.empty(),
                    utilization
                            ? new ResourceTarget.AverageUtilization((int) target)
                            : new ResourceTarget.AverageValue(scaled),
                    Duration.ofMillis(initialization),
                    Duration.ofMillis(delay)));
        }

        private Rules rules() {
            List<Limit> limits = new ArrayList<>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                limits.add(new Limit(random.nextBoolean(), 1 + random.nextInt(99), 1_000L * (1 + random.nextInt(40))));
            }
            int roll = random.nextInt(8);
            return new Rules(
                    random.nextBoolean() ? 0 : 1_000L * random.nextInt(25), roll == 0 ? 0 : roll == 1 ? -1 : 1, limits);
        }

        private static ScalingRules translated(Rules rules, int tolerance) {
            return new ScalingRules(
                    Optional.of(Duration.ofMillis(rules.window())),
                    Optional.of(
                            rules.select() > 0
                                    ? SelectPolicy.MAX
                                    : rules.select() < 0 ? SelectPolicy.MIN : SelectPolicy.DISABLED),
                    rules.limits().stream()
                            .map(limit -> new RateLimit(
                                    limit.percent() ? RateLimit.Type.PERCENT : RateLimit.Type.PODS,
                                    limit.value(),
                                    Duration.ofMillis(limit.period())))
                            .toList(),
                    OptionalDouble.of(tolerance / 100.0));
        }

        void live() {
            behavior.initialize(current, now);
            Memory memory = Memory.empty();
            for (int step = 0; step < STEPS; step++) {
                List<SimplePod> pods = pods();
                int expected = expected(pods);
                Step decided = DecisionEngine.decide(
                        policy, Facts.seen(Facts.running(current), sample(pods)), memory, Instant.ofEpochMilli(now));
                String where = "seed " + seed + ", step " + step + ", at " + current + " of " + min + " to " + max
                        + ": " + decided.decision().sentence() + " " + policy + ", " + pods;
                assertEquals(expected, decided.decision().desired(), where);
                memory = decided.memory();
                now += 1_000;
                behavior.scaled(current, expected, now);
                current = expected;
            }
        }

        /** reconcileAutoscaler and computeReplicasForMetrics. */
        private int expected(List<SimplePod> pods) {
            int proposal = -1;
            boolean invalid = false;
            for (ReplicaOracle oracle : replicas) {
                OptionalInt one = oracle.propose(pods, current, now);
                invalid |= one.isEmpty();
                proposal = Math.max(proposal, one.orElse(-1));
            }
            if (proposal < 0 || (invalid && proposal < current)) {
                behavior.rest(current, now);
                return current;
            }
            return Math.clamp(behavior.normalize(current, proposal, now), min, max);
        }

        private List<SimplePod> pods() {
            List<SimplePod> pods = new ArrayList<>();
            int count = Math.max(0, current + random.nextInt(5) - 2);
            int level = random.nextInt(1_500);
            for (int i = 0; i < count; i++) {
                int roll = random.nextInt(20);
                long startedAt = now - 1_000L * random.nextInt(90);
                long changedAt = startedAt + 1_000L * random.nextInt(60);
                pods.add(new SimplePod(
                        "p" + i,
                        roll == 0,
                        roll == 1,
                        roll == 2,
                        roll == 3 || roll == 4 ? -1 : level + random.nextInt(100),
                        500 + random.nextInt(1_000),
                        roll == 5 ? 0 : roll == 6 ? -1 : 1,
                        changedAt,
                        startedAt,
                        now - 1_000L * random.nextInt(20),
                        1_000L * random.nextInt(30)));
            }
            return pods;
        }

        private SignalSample sample(List<SimplePod> pods) {
            List<PodReading> readings = new ArrayList<>();
            for (SimplePod pod : pods) {
                Pod reading = Pod.of(Pod.container("main", pod.request(), pod.request(), pod.usage(), pod.usage()))
                        .in(pod.failed() ? PodPhase.FAILED : pod.pending() ? PodPhase.PENDING : PodPhase.RUNNING)
                        .ready(
                                pod.condition() < 0 ? Optional.empty() : Optional.of(pod.condition() == 1),
                                second(pod.changedAt()))
                        .started(Optional.of(second(pod.startedAt())))
                        .sampled(second(pod.sampledAt()), pod.window() / 1_000.0);
                readings.add((pod.deleted() ? reading.leaving() : reading).reading(pod.name()));
            }
            return new SignalSample("usage", Instant.ofEpochMilli(now), new Reading.Pods(readings));
        }

        private static double second(long millis) {
            return (millis - Facts.START.toEpochMilli()) / 1_000.0;
        }
    }
}
