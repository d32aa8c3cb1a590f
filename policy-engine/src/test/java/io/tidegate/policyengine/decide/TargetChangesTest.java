package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.decision.DecisionRecord.LearnedRate;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetChangesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Condition FRESH = new Condition("Fresh", "True", "Fresh", "all signals are known");

    record Case(String name, Target last, Target next, boolean worthTelling) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        Target plain = target(4, null, null, FRESH);
        return List.of(
                new Case("the same", plain, plain, false),
                new Case(
                        "other numbers in the sentence",
                        said("RightSize", "Stays at 4: 12 wait"),
                        said("RightSize", "Stays at 4: 13 wait"),
                        false),
                new Case(
                        "something else is missing",
                        said("TargetMissing", "Holds: orders does not exist"),
                        said("TargetMissing", "Holds: no driver runs"),
                        true),
                new Case("another size", plain, target(5, null, null, FRESH), true),
                new Case(
                        "another message of a condition",
                        plain,
                        target(4, null, null, new Condition("Fresh", "True", "Fresh", "3 s old")),
                        false),
                new Case(
                        "another status of a condition",
                        plain,
                        target(4, null, null, new Condition("Fresh", "False", "Stale", "9 s old")),
                        true),
                new Case(
                        "another reason why a source gave nothing",
                        target(4, null, null, new Condition("Fresh", "False", "SignalUnknown", "no series")),
                        target(4, null, null, new Condition("Fresh", "False", "SignalUnknown", "NaN")),
                        true),
                new Case("other rules", hashed("0123456789abcdef"), hashed("fedcba9876543210"), true),
                new Case("the same rules", hashed("0123456789abcdef"), hashed("0123456789abcdef"), false),
                new Case(
                        "another problem of the driver",
                        target(4, null, null, new Condition("DriverSound", "False", "DriverProblem", "no token")),
                        target(4, null, null, new Condition("DriverSound", "False", "DriverProblem", "bounds lifted")),
                        true),
                new Case("a rate appears", plain, target(4, null, rate(100), FRESH), true),
                new Case(
                        "a rate moves a little",
                        target(4, null, rate(100), FRESH),
                        target(4, null, rate(110), FRESH),
                        false),
                new Case(
                        "a rate moves much",
                        target(4, null, rate(100), FRESH),
                        target(4, null, rate(130), FRESH),
                        true),
                new Case("a next change appears", plain, target(4, NOW.plusSeconds(9), null, FRESH), true),
                new Case(
                        "a next change is put off",
                        target(4, NOW.plusSeconds(9), null, FRESH),
                        target(4, NOW.plusSeconds(10), null, FRESH),
                        false),
                new Case(
                        "a next change comes nearer",
                        target(4, NOW.plusSeconds(9), null, FRESH),
                        target(4, NOW.plusSeconds(7), null, FRESH),
                        true),
                new Case(
                        "a next change has passed",
                        target(4, NOW, null, FRESH),
                        target(4, NOW.plusSeconds(10), null, FRESH),
                        true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsOnlyWhatIsWorthIt(Case testCase) {
        assertEquals(testCase.worthTelling, TargetChanges.differs(testCase.last, testCase.next));
    }

    private static LearnedRate rate(double recordsPerSecond) {
        return new LearnedRate(recordsPerSecond, 0.5, 8);
    }

    private static Target target(
            int replicas, @Nullable Instant nextChange, @Nullable LearnedRate rate, Condition condition) {
        return target(replicas, nextChange, rate, condition, new Words("RightSize", "a sentence"));
    }

    private static Target said(String reason, String sentence) {
        return target(4, null, null, FRESH, new Words(reason, sentence));
    }

    private static Target hashed(String specHash) {
        Target plain = target(4, null, null, FRESH);
        return new Target(
                plain.workload(),
                plain.policy(),
                plain.policyUid(),
                plain.generation(),
                plain.mode(),
                plain.decisionId(),
                plain.sequence(),
                plain.scale(),
                plain.current(),
                plain.replicas(),
                plain.reason(),
                plain.sentence(),
                null,
                NOW,
                null,
                null,
                true,
                plain.conditions(),
                null,
                true,
                null,
                null,
                null,
                specHash);
    }

    private record Words(String reason, String sentence) {}

    private static Target target(
            int replicas, @Nullable Instant nextChange, @Nullable LearnedRate rate, Condition condition, Words words) {
        return new Target(
                new WorkloadId("eu", "sales", "Deployment", "orders"),
                new PolicyId("eu", "sales", "orders"),
                "uid",
                1,
                Mode.Enforce,
                "d-1",
                7,
                new ScaleResource("apps/v1", "deployments"),
                4,
                replicas,
                words.reason(),
                words.sentence(),
                null,
                NOW,
                nextChange,
                rate,
                true,
                List.of(condition),
                null,
                true);
    }
}
