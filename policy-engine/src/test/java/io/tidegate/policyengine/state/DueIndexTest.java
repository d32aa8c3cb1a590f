package io.tidegate.policyengine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.contracts.id.WorkloadId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DueIndexTest {

    private static final WorkloadId A = new WorkloadId("eu", "sales", "Deployment", "a");
    private static final WorkloadId B = new WorkloadId("eu", "sales", "Deployment", "b");

    private final DueIndex due = new DueIndex();

    @Test
    void givesWhatIsDueTheLongestDueFirst() {
        due.set(A, 20);
        due.set(B, 10);
        assertEquals(List.of(), due.dueAt(9));
        assertEquals(List.of(B), due.dueAt(10));
        assertEquals(List.of(B, A), due.dueAt(20));
    }

    @Test
    void knowsTheLastTimeSet() {
        due.set(A, 10);
        due.set(A, 30);
        due.set(A, 30);
        assertEquals(List.of(), due.dueAt(29));
        assertEquals(List.of(A), due.dueAt(30));
        assertEquals(1, due.size());
    }

    @Test
    void agreesWithASortedListWhateverIsSet() {
        Random random = new Random(1);
        Map<WorkloadId, Long> times = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            WorkloadId workload = new WorkloadId("eu", "sales", "Deployment", "w" + random.nextInt(20));
            if (random.nextInt(10) == 0) {
                due.remove(workload);
                times.remove(workload);
            } else {
                long at = random.nextInt(50);
                due.set(workload, at);
                times.put(workload, at);
            }
            long now = random.nextInt(60);
            List<WorkloadId> expected = times.entrySet().stream()
                    .filter(entry -> entry.getValue() <= now)
                    .sorted(Map.Entry.<WorkloadId, Long>comparingByValue()
                            .thenComparing(entry -> entry.getKey().toString()))
                    .map(Map.Entry::getKey)
                    .toList();
            assertEquals(expected, due.dueAt(now), "seed 1, step " + i);
            assertEquals(times.size(), due.size());
        }
    }

    @Test
    void forgets() {
        due.set(A, 10);
        due.set(B, 10);
        due.remove(A);
        due.remove(A);
        assertEquals(List.of(B), due.dueAt(10));
    }
}
