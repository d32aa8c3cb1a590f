package io.tidegate.policyengine.state;

import io.tidegate.contracts.id.WorkloadId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When each workload of a partition is due; finding those that are costs only those. */
public final class DueIndex {

    private static final Comparator<Due> BY_TIME = Comparator.comparingLong(Due::at)
            .thenComparing(due -> due.workload().toString());

    private final Map<WorkloadId, Due> byWorkload = new HashMap<>();
    private final TreeSet<Due> byTime = new TreeSet<>(BY_TIME);

    /** Sets when a workload is due, in milliseconds. */
    public void set(WorkloadId workload, long at) {
        Due due = new Due(at, workload);
        Due before = byWorkload.put(workload, due);
        if (before != null) {
            if (before.at == at) {
                return;
            }
            byTime.remove(before);
        }
        byTime.add(due);
    }

    /** Forgets a workload. */
    public void remove(WorkloadId workload) {
        Due before = byWorkload.remove(workload);
        if (before != null) {
            byTime.remove(before);
        }
    }

    /** Workloads that are due at this time, in milliseconds; the longest due first. They stay in the index. */
    public List<WorkloadId> dueAt(long now) {
        List<WorkloadId> due = new ArrayList<>();
        for (Due next : byTime) {
            if (next.at > now) {
                break;
            }
            due.add(next.workload);
        }
        return due;
    }

    /** Number of workloads. */
    public int size() {
        return byWorkload.size();
    }

    private record Due(long at, WorkloadId workload) {}
}
