package io.tidegate.testbed.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    @Test
    void waitsAsKubernetesDoes() {
        RestartPolicy policy = RestartPolicy.of("Always", Duration.ofSeconds(10));

        assertEquals(
                List.of(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L),
                IntStream.range(0, 8)
                        .mapToObj(restarts -> policy.wait(restarts).toSeconds())
                        .toList());
        assertEquals(Duration.ofMinutes(5), policy.wait(1_000_000));
    }

    @Test
    void restartsByThePodsPolicy() {
        assertEquals(List.of(true, true), restarts("Always"));
        assertEquals(List.of(false, true), restarts("OnFailure"));
        assertEquals(List.of(false, false), restarts("Never"));
    }

    private static List<Boolean> restarts(String name) {
        RestartPolicy policy = RestartPolicy.of(name, Duration.ofSeconds(10));
        return List.of(policy.restarts(0), policy.restarts(1));
    }
}
