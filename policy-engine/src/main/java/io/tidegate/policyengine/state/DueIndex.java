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

    private final Map<WorkloadId, Entry> byWorkload = new HashMap<>();

    /** One for each workload, at its time or an earlier one: a time that is put off with each sample is moved only when it comes. */
    private final TreeSet<Due> byTime = new TreeSet<>(BY_TIME);

    /** Sets when a workload is due, in milliseconds. */
    public void set(WorkloadId workload, long at) {
        Entry entry = byWorkload.get(workload);
        if (entry == null) {
            entry = new Entry(new Due(at, workload));
            byWorkload.put(workload, entry);
            byTime.add(entry.queued);
        } else if (at < entry.queued.at) {
            move(entry, at);
        }
        entry.at = at;
    }

    /** Forgets a workload. */
    public void remove(WorkloadId workload) {
        Entry before = byWorkload.remove(workload);
        if (before != null) {
            byTime.remove(before.queued);
        }
    }

    /** Workloads that are due at this time, in milliseconds; the longest due first. They stay in the index. */
    public List<WorkloadId> dueAt(long now) {
        List<Entry> putOff = new ArrayList<>();
        for (Due next : byTime) {
            if (next.at > now) {
                break;
            }
            Entry entry = byWorkload.get(next.workload);
            if (entry != null && entry.at > next.at) {
                putOff.add(entry);
            }
        }
        putOff.forEach(entry -> move(entry, entry.at));
        List<WorkloadId> due = new ArrayList<>();
        for (Due next : byTime) {
            if (next.at > now) {
                break;
            }
            due.add(next.workload);
        }
        return due;
    }

    private void move(Entry entry, long at) {
        byTime.remove(entry.queued);
        entry.queued = new Due(at, entry.queued.workload);
        byTime.add(entry.queued);
    }

    /** Number of workloads. */
    public int size() {
        return byWorkload.size();
    }

    private record Due(long at, WorkloadId workload) {}

    private static final class Entry {
        private Due queued;
        private long at;

        Entry(Due queued) {
            this.queued = queued;
        }
    }
}
