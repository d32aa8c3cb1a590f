package io.tidegate.collector.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodStateTest {

    private static final String READY = "{type: Ready, status: 'True'}";
    private static final String NOT_READY = "{type: Ready, status: 'False'}";
    private static final String NO_NODE = "{type: PodScheduled, status: 'False', reason: Unschedulable}";
    private static final String DELETED = ", deletionTimestamp: '2026-11-20T10:00:00Z'";

    record Case(String name, String metadata, String status, PodState expected) {}

    @ParameterizedTest
    @MethodSource("cases")
    void takesTheFirstStateThatFits(Case it) {
        var pod = ApiObjects.of("""
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: n%s}
                %s
                """.formatted(it.metadata(), it.status()));
        assertEquals(it.expected(), PodState.of(pod), it.name());
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("ready", "", status("Running", READY), PodState.READY),
                new Case("starting", "", status("Running", NOT_READY), PodState.PENDING),
                new Case("without a status", "", "", PodState.PENDING),
                new Case("empty status", "", "status: {}", PodState.PENDING),
                new Case("odd status", "", "status: {conditions: [text, 1, null]}", PodState.PENDING),
                new Case("no node", "", status("Pending", NO_NODE), PodState.UNSCHEDULABLE),
                new Case("deleted while ready", DELETED, status("Running", READY), PodState.TERMINATING),
                new Case("deleted and failed", DELETED, status("Failed", ""), PodState.TERMINATING),
                new Case("failed while ready", "", status("Failed", READY), PodState.FAILED),
                new Case("done", "", status("Succeeded", ""), PodState.SUCCEEDED));
    }

    private static String status(String phase, String condition) {
        return "status: {phase: " + phase + ", conditions: [" + condition + "]}";
    }

    @Test
    void countsEachPodOnceAndThoseThatAreDoneNotAtAll() {
        assertEquals(
                new PodCounts(1, 1, 2, 1, 1),
                PodState.count(List.of(
                        PodState.READY,
                        PodState.READY,
                        PodState.PENDING,
                        PodState.FAILED,
                        PodState.SUCCEEDED,
                        PodState.TERMINATING,
                        PodState.UNSCHEDULABLE)));
    }
}
