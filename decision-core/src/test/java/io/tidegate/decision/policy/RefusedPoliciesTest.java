package io.tidegate.decision.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
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
                        () -> new Objective(Duration.ofMillis(900), 99)),
                new Case("objective.percentile must be 1 to 100: 0", () -> new Objective(Duration.ofSeconds(1), 0)),
                new Case("objective.percentile must be 1 to 100: 101", () -> new Objective(Duration.ofSeconds(1), 101)),
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
                        () -> rules(Duration.ZERO, OptionalDouble.of(-0.1))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areRefusedWithWhatIsAllowed(Case that) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, that.making());
        assertEquals(that.message(), refusal.getMessage());
    }

    private static Policy policy(int min, int max, Signal... signals) {
        return new Policy(
                Mode.ENFORCE, min, max, Optional.empty(), List.of(signals), Optional.empty(), Optional.empty());
    }

    private static KafkaSignal signal(long threshold, long activation, OptionalDouble rate) {
        return new KafkaSignal("a", threshold, activation, NoCommittedOffset.EARLIEST, rate, false, LagOptions.none());
    }

    private static RateLimit limit(int value, Duration period) {
        return new RateLimit(RateLimit.Type.PODS, value, period);
    }

    private static ScalingRules rules(Duration window, OptionalDouble tolerance) {
        return new ScalingRules(Optional.of(window), Optional.empty(), List.of(), tolerance);
    }
}
