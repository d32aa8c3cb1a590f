package io.tidegate.testbed.kubelet;

import io.tidegate.testbed.process.ProcessUsage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the counters of a pod's processes into usage over the time between two readings. */
final class UsageMeter {
    private record Reading(long pid, ProcessUsage usage, long nanos) {}

    private final Map<String, Reading> last = new HashMap<>();

    /** The container's usage since the last reading; empty at the first of a process. */
    Optional<Map<String, Object>> read(String container, long pid, ProcessUsage usage, long nowNanos) {
        @Nullable Reading before = last.put(container, new Reading(pid, usage, nowNanos));
        if (before == null || before.pid() != pid || nowNanos <= before.nanos()) {
            return Optional.empty();
        }
        long cpuNanos = usage.cpu().minus(before.usage().cpu()).toNanos();
        long nanoCores = Math.round(cpuNanos * 1e9 / (nowNanos - before.nanos()));
        return Optional.of(Map.of(
                "name",
                container,
                "usage",
                Map.of("cpu", nanoCores + "n", "memory", usage.residentBytes() / 1024 + "Ki")));
    }
}
