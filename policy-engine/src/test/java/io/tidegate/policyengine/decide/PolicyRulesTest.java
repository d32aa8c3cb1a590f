package io.tidegate.policyengine.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Inherited;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.ReplicaBounds;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final ScaleTargetRef TARGET = new ScaleTargetRef("apps/v1", "Deployment", "orders");

    private final PolicyRules rules = new PolicyRules();

    @Test
    void theHashStaysForTheSameRulesAndIsBackAfterARevert() {
        String first = rules.hash(policy(1, spec(10), null));
        String edited = rules.hash(policy(2, spec(20), null));
        assertNotEquals(first, edited);
        assertEquals(first, rules.hash(policy(3, spec(10), null)));
        assertEquals(
                first, new PolicyRules().hash(policy(4, spec(10), new Inherited("batch", List.of("replicas.max")))));
    }

    /** So that it can be compared between versions and by others. */
    @Test
    void theHashIsThatOfTheRulesAsTheyAreOnTheTopic() {
        assertEquals("726b4ee52143c6cd", rules.hash(policy(1, spec(10), null)));
    }

    @Test
    void rulesThatCannotBeUsedHaveTheHashOfTheLastThatCould() {
        SpecProblem problem = new SpecProblem("InvalidSpec", "replicas.max must be at least replicas.min");
        assertEquals(
                rules.hash(policy(1, spec(10), null)),
                rules.hash(policy(2, spec(10), null).withProblem(problem)));
        assertNull(rules.hash(
                policy(1, PolicySpec.withoutRules(TARGET, null), null).withProblem(problem)));
    }

    private static PolicySpec spec(int max) {
        KafkaSignal kafka = new KafkaSignal(
                "kafka",
                "orders",
                List.of("orders"),
                10,
                0,
                KafkaSignal.NoCommittedOffset.Latest,
                null,
                false,
                KafkaSignal.Wake.Poll);
        return new PolicySpec(
                TARGET, null, new ReplicaBounds(0, max), null, List.of(new SignalSpec("lag", kafka)), null, null);
    }

    private static PolicyFact policy(long generation, PolicySpec spec, @Nullable Inherited inherited) {
        return new PolicyFact(
                new PolicyId("eu", "sales", "orders"),
                "uid-1",
                generation,
                Instant.EPOCH,
                new WorkloadId("eu", "sales", "Deployment", "orders"),
                spec,
                inherited,
                null);
    }
}
