package io.tidegate.policyengine.topology;

import static io.tidegate.policyengine.topology.Facts.ORDERS;
import static io.tidegate.policyengine.topology.Facts.lag;
import static io.tidegate.policyengine.topology.Facts.policy;
import static io.tidegate.policyengine.topology.Facts.replicas;
import static io.tidegate.policyengine.topology.Facts.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.Mode;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.TargetMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Bytes in the store that can't be read cost their own workload what it remembered, and nobody else anything. */
class LostStateTest {

    private static final WorkloadId CLICKS = new WorkloadId("eu", "sales", "Deployment", "clicks");
    private static final String ORDERS_KEY = "w/" + ORDERS;

    @Test
    void startsAWorkloadAnewWhoseStateIsBroken() {
        try (EngineDriver again = restarted(ORDERS_KEY, value -> {
            value[value.length / 2] ^= 0x10;
            return value;
        })) {
            assertEquals(1, again.count("tidegate.state.lost"));
            assertTrue(
                    again.state().keySet().stream().noneMatch(key -> key.endsWith("/orders") && !key.startsWith("t/")),
                    again.state().keySet().toString());
            again.fact(policy("a"));
            again.fact(replicas(5));
            again.fact(lag(95));
            Target target = lastTarget(again, ORDERS);
            assertEquals(10, target.replicas());
            assertEquals(1, again.count("tidegate.state.lost"));
        }
    }

    @Test
    void startsAWorkloadAnewWhoseStateIsAnythingAtAll() {
        long seed = 5;
        Random random = new Random(seed);
        List<UnaryOperator<byte[]>> breaks = List.of(
                value -> new byte[0],
                value -> "{\"offset\":12}".getBytes(StandardCharsets.UTF_8),
                value -> Arrays.copyOf(value, value.length - 1),
                value -> Arrays.copyOf(value, value.length + 1),
                value -> {
                    random.nextBytes(value);
                    return value;
                });
        for (UnaryOperator<byte[]> broken : breaks) {
            try (EngineDriver again = restarted(ORDERS_KEY, broken)) {
                assertEquals(1, again.count("tidegate.state.lost"), "seed " + seed);
            }
        }
    }

    @Test
    void leavesOtherWorkloadsAlone() {
        try (EngineDriver whole = restarted(ORDERS_KEY, value -> value);
                EngineDriver broken = restarted(ORDERS_KEY, value -> new byte[] {1, 2, 3})) {
            whole.raw();
            broken.raw();
            whole.fact(lag(CLICKS, 400));
            broken.fact(lag(CLICKS, 400));
            assertEquals(whole.raw(), broken.raw());
        }
    }

    @Test
    void losesAPolicyThatIsBrokenUntilItIsToldAgain() {
        try (EngineDriver again = restarted("p/eu/sales/ScalingPolicy/a", value -> new byte[] {'{'})) {
            assertEquals(1, again.count("tidegate.state.lost"));
            again.fact(policy("a"));
            again.fact(lag(200));
            assertEquals(20, lastTarget(again, ORDERS).replicas());
        }
    }

    /** An engine that was restarted with one value of its store changed, and has read a tick since. */
    private static EngineDriver restarted(String key, UnaryOperator<byte[]> change) {
        SortedMap<String, byte[]> state;
        try (EngineDriver engine = EngineDriver.inMemory(new ScriptedDecisions())) {
            engine.fact(policy("a"));
            engine.fact(replicas(5));
            engine.fact(lag(95));
            engine.fact(policy("c", CLICKS, 1, Facts.CREATED, Mode.Enforce));
            engine.fact(replicas(CLICKS, 2));
            engine.fact(lag(CLICKS, 40));
            state = engine.state();
        }
        EngineDriver again = EngineDriver.inMemory(new ScriptedDecisions());
        state.computeIfPresent(key, (same, value) -> change.apply(value));
        again.restore(state);
        again.advance(Duration.ofSeconds(1));
        again.fact(tick());
        for (int offset = 1; offset < 6; offset++) {
            again.fact(tick());
        }
        return again;
    }

    private static Target lastTarget(EngineDriver engine, WorkloadId workload) {
        List<TargetMessage> told = engine.targets();
        return told.stream()
                .filter(Target.class::isInstance)
                .map(Target.class::cast)
                .filter(target -> target.workload().equals(workload))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
