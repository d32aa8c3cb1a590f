package io.tidegate.decision;

import static io.tidegate.decision.Facts.byLag;
import static io.tidegate.decision.Facts.running;
import static io.tidegate.decision.Facts.second;
import static io.tidegate.decision.Facts.seen;
import static io.tidegate.decision.Facts.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.decision.model.Condition;
import io.tidegate.decision.model.Reading;
import io.tidegate.decision.model.SignalSample;
import io.tidegate.decision.policy.KafkaSignal;
import io.tidegate.decision.policy.Policy;
import io.tidegate.decision.policy.Resource;
import io.tidegate.decision.policy.ResourceSignal;
import io.tidegate.decision.policy.ResourceTarget.AverageUtilization;
import io.tidegate.decision.policy.SparkSignal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a signal's source fails is said by the condition, whatever the signal is of. */
class FailureReasonTest {
    private static final String WORDS = "the Connection main does not exist";
    private static final String FAILED = ": a signal's source answers with an error (" + WORDS + ")";

    record Case(String name, Policy policy, int replicas, SignalSample sample, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesTheReason(Case that) {
        Condition fresh = DecisionEngine.decide(
                        that.policy(), seen(running(that.replicas()), that.sample()), Memory.empty(), second(1))
                .decision()
                .conditions()
                .get(1);
        assertEquals(new Condition("Fresh", false, "SignalFailed", that.message()), fresh);
    }

    static Stream<Case> cases() {
        Policy lag = with(byLag(0, 9), KafkaSignal.named("orders"));
        Policy usage = with(byLag(1, 9), ResourceSignal.of("cpu", Resource.CPU, new AverageUtilization(60)));
        Policy spark = Application.policy(1, 9);
        return Stream.of(
                new Case("lag", lag, 2, failed("orders", WORDS), "orders" + FAILED),
                new Case("lag, at no replica", lag, 0, failed("orders", WORDS), "orders" + FAILED),
                new Case("usage", usage, 2, failed(ResourceSignal.SAMPLE, WORDS), "cpu" + FAILED),
                new Case("spark", spark, 2, failed(SparkSignal.SAMPLE, WORDS), "spark" + FAILED),
                new Case("no words", lag, 2, failed("orders", ""), "orders: a signal's source answers with an error"));
    }

    private static SignalSample failed(String signal, String words) {
        return new SignalSample(signal, second(1), new Reading.Failed(words));
    }
}
