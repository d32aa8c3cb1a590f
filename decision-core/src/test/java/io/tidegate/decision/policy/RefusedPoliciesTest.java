package io.tidegate.decision.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidegate.decision.Row;
import io.tidegate.decision.formula.Formula;
import io.tidegate.decision.schedule.Schedule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that no policy may hold, and what the author is told. */
class RefusedPoliciesTest {
    record Case(String message, Executable making) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static final Schedule NIGHT = Schedule.parse("UTC", "0 22 * * *", "0 6 * * *");

    static Stream<Case> cases() {
        return Stream.of(
                new Case("need 0 <= min <= max and max >= 1: -1, 2", () -> policy(-1, 2, KafkaSignal.named("a"))),
                new Case("need 0 <= min <= max and max >= 1: 0, 0", () -> policy(0, 0, KafkaSignal.named("a"))),
                new Case("need 0 <= min <= max and max >= 1: 3, 2", () -> policy(3, 2, KafkaSignal.named("a"))),
                new Case("a policy needs a signal", () -> policy(0, 2)),
                new Case("two signals are named a", () -> policy(0, 2, KafkaSignal.named("a"), KafkaSignal.named("a"))),
                new Case("a signal needs a name", () -> KafkaSignal.named(" ")),
                new Case("lagThreshold must be above 0: 0", () -> signal(0, 0, OptionalDouble.empty())),
                new Case("activation must not be negative: -1", () -> signal(1, -1, OptionalDouble.empty())),
                new Case("ratePerReplica must be above 0, and finite: 0.0", () -> signal(1, 0, OptionalDouble.of(0))),
                new Case(
                        "ratePerReplica must be above 0, and finite: NaN",
                        () -> signal(1, 0, OptionalDouble.of(Double.NaN))),
                new Case(
                        "objective.maxLatency must be 1 s to 365 days: PT0.9S",
                        () -> new Objective.Latency(Duration.ofMillis(900), 99)),
                new Case(
                        "objective.percentile must be 1 to 100: 0",
                        () -> new Objective.Latency(Duration.ofSeconds(1), 0)),
                new Case(
                        "objective.percentile must be 1 to 100: 101",
                        () -> new Objective.Latency(Duration.ofSeconds(1), 101)),
                new Case("objective.duration must be 1 s to 365 days: PT0S", () -> new Objective.Within(Duration.ZERO)),
                new Case(
                        "only a Spark application's run can have a duration or a deadline",
                        () -> policy(new Objective.Within(Duration.ofMinutes(40)), KafkaSignal.named("spark"))),
                new Case("spark.query must not be blank", () -> spark(Optional.of(" "), Optional.empty(), 0.7)),
                new Case(
                        "spark.trigger must be 0 s to 1 day: PT-1S",
                        () -> spark(Optional.empty(), Optional.of(Duration.ofSeconds(-1)), 0.7)),
                new Case(
                        "spark.trigger must be 0 s to 1 day: PT24H0.001S",
                        () -> spark(
                                Optional.empty(), Optional.of(Duration.ofDays(1).plusMillis(1)), 0.7)),
                new Case(
                        "objective.batchOverTrigger must be above 0 and at most 1: 0.0",
                        () -> spark(Optional.empty(), Optional.empty(), 0)),
                new Case(
                        "objective.batchOverTrigger must be above 0 and at most 1: 1.1",
                        () -> spark(Optional.empty(), Optional.empty(), 1.1)),
                new Case("fallback.after must be 1 s to 365 days: PT0S", () -> new Fallback(Duration.ZERO, 1)),
                new Case("fallback.replicas must not be negative: -1", () -> new Fallback(Duration.ofSeconds(1), -1)),
                new Case("a rate limit's value must be above 0: 0", () -> limit(0, Duration.ofSeconds(1))),
                new Case(
                        "a rate limit's period must be above 0 and at most 30 min: PT0S",
                        () -> limit(1, Duration.ZERO)),
                new Case(
                        "a rate limit's period must be above 0 and at most 30 min: PT-1S",
                        () -> limit(1, Duration.ofSeconds(-1))),
                new Case(
                        "a rate limit's period must be above 0 and at most 30 min: PT31M",
                        () -> limit(1, Duration.ofMinutes(31))),
                new Case(
                        "a stabilization window must be 0 s to 1 h: PT-1S",
                        () -> rules(Duration.ofSeconds(-1), OptionalDouble.empty())),
                new Case(
                        "a stabilization window must be 0 s to 1 h: PT2H",
                        () -> rules(Duration.ofHours(2), OptionalDouble.empty())),
                new Case(
                        "a tolerance must be 0 or more, and finite: -0.1",
                        () -> rules(Duration.ZERO, OptionalDouble.of(-0.1))),
                new Case(
                        "a tolerance must be 0 or more, and finite: Infinity",
                        () -> rules(Duration.ZERO, OptionalDouble.of(Double.POSITIVE_INFINITY))),
                new Case(
                        "ratePerReplica must be above 0, and finite: Infinity",
                        () -> signal(1, 0, OptionalDouble.of(Double.POSITIVE_INFINITY))),
                new Case(
                        "objective.maxLatency must be 1 s to 365 days: PT8784H",
                        () -> new Objective.Latency(Duration.ofDays(366), 99)),
                new Case(
                        "fallback.after must be 1 s to 365 days: PT8784H", () -> new Fallback(Duration.ofDays(366), 1)),
                new Case(
                        "min 0 needs a signal that can wake the workload: pods that are not there use nothing",
                        () -> policy(0, 2, resource("cpu", Optional.empty(), Duration.ZERO))),
                new Case("a signal must not be named usage", () -> policy(1, 2, KafkaSignal.named("usage"))),
                new Case("a signal needs a name", () -> resource("", Optional.empty(), Duration.ZERO)),
                new Case(
                        "a container's name must not be blank", () -> resource("cpu", Optional.of(" "), Duration.ZERO)),
                new Case(
                        "cpuInitializationPeriod must be 0 s to 1 h: PT-1S",
                        () -> resource("cpu", Optional.empty(), Duration.ofSeconds(-1))),
                new Case(
                        "cpuInitializationPeriod must be 0 s to 1 h: PT2H",
                        () -> resource("cpu", Optional.empty(), Duration.ofHours(2))),
                new Case("averageUtilization must be above 0: 0", () -> new ResourceTarget.AverageUtilization(0)),
                new Case("averageValue must be above 0: 0 thousandths", () -> new ResourceTarget.AverageValue(0)),
                new Case("a signal needs a name", () -> new ScheduleSignal(" ", NIGHT, 1)),
                new Case("schedule.replicas must not be negative: -1", () -> new ScheduleSignal("night", NIGHT, -1)),
                new Case(
                        "the formula uses a signal that the policy has not: b",
                        () -> new Policy(
                                Mode.ENFORCE,
                                1,
                                2,
                                Optional.empty(),
                                List.of(KafkaSignal.named("a")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Formula.parse("b", List.of("b"))))));
    }

    static Stream<Case> exclusions() {
        return Stream.of(
                new Case(
                        "limitToPartitionsWithLag and evenDistribution exclude one another",
                        () -> new LagOptions(true, false, true, List.of())),
                new Case(
                        "allowIdleConsumers and limitToPartitionsWithLag exclude one another",
                        () -> new KafkaSignal(
                                "a",
                                1,
                                0,
                                NoCommittedOffset.EARLIEST,
                                OptionalDouble.empty(),
                                true,
                                new LagOptions(true, false, false, List.of()))),
                new Case("not a range of partitions: 3-2", () -> new PartitionRange(3, 2)),
                new Case("not a range of partitions: -1-2", () -> new PartitionRange(-1, 2)),
                new Case(
                        "partitions must have at most 100 ranges: 101",
                        () -> new LagOptions(false, false, false, Collections.nCopies(101, new PartitionRange(1, 2)))));
    }

    @ParameterizedTest
    @MethodSource({"cases", "exclusions"})
    @Row(
            value = "lag/rejected",
            cases = {
                "limitToPartitionsWithLag and evenDistribution exclude one another",
                "allowIdleConsumers and limitToPartitionsWithLag exclude one another"
            })
    void areRefusedWithWhatIsAllowed(Case that) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, that.making());
        assertEquals(that.message(), refusal.getMessage());
    }

    private static Policy policy(Objective objective, Signal signal) {
        return new Policy(
                Mode.ENFORCE, 0, 2, Optional.of(objective), List.of(signal), Optional.empty(), Optional.empty());
    }

    private static SparkSignal spark(Optional<String> query, Optional<Duration> trigger, double batchOverTrigger) {
        return new SparkSignal(Optional.of(SparkMode.MANAGED), false, query, trigger, batchOverTrigger);
    }

    private static Policy policy(int min, int max, Signal... signals) {
        return new Policy(
                Mode.ENFORCE, min, max, Optional.empty(), List.of(signals), Optional.empty(), Optional.empty());
    }

    private static KafkaSignal signal(long threshold, long activation, OptionalDouble rate) {
        return new KafkaSignal("a", threshold, activation, NoCommittedOffset.EARLIEST, rate, false, LagOptions.none());
    }

    private static ResourceSignal resource(String name, Optional<String> container, Duration initialization) {
        return new ResourceSignal(
                name,
                Resource.CPU,
                container,
                new ResourceTarget.AverageUtilization(60),
                initialization,
                Duration.ofSeconds(30));
    }

    private static RateLimit limit(int value, Duration period) {
        return new RateLimit(RateLimit.Type.PODS, value, period);
    }

    private static ScalingRules rules(Duration window, OptionalDouble tolerance) {
        return new ScalingRules(Optional.of(window), Optional.empty(), List.of(), tolerance);
    }
}
