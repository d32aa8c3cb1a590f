package io.tidegate.bench.latency;

import io.tidegate.testbed.audit.AuditFollower;
import io.tidegate.testbed.audit.ScaleWrite;
import io.tidegate.testbed.process.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The accepted scale writes so far, as the audit log tells them. */
final class Writes implements AutoCloseable {

    private final Map<Workload, Deque<ScaleWrite>> accepted = new HashMap<>();
    private final AuditFollower follower;
    private final Progress progress;
    private int refused;

    /** Follows the log from its present end, and tells of refused writes as they come. */
    Writes(Path auditLog, Progress progress) {
        this.progress = progress;
        follower = AuditFollower.follow(auditLog, this::add);
    }

    private synchronized void add(ScaleWrite write) {
        if (write.accepted()) {
            accepted.computeIfAbsent(new Workload(write.namespace(), write.name()), key -> new ArrayDeque<>())
                    .add(write);
        } else {
            refused++;
            progress.line("refused with status %d: %s %s, which took %d ms"
                    .formatted(
                            write.status(),
                            write.name(),
                            write.auditId(),
                            Duration.between(write.receivedAt(), write.completedAt())
                                    .toMillis()));
        }
        notifyAll();
    }

    /** Writes that the API server did not accept. */
    synchronized int refused() {
        return refused;
    }

    /** Forgets what was written to a workload, before its next step. */
    synchronized void forget(Workload workload) {
        accepted.remove(workload);
    }

    /** Waits for the first accepted write of that size; empty after the limit. */
    synchronized Optional<Instant> await(Workload workload, int replicas, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Instant> written = accepted.getOrDefault(workload, new ArrayDeque<>()).stream()
                    .filter(write -> write.replicas() == replicas)
                    .map(ScaleWrite::completedAt)
                    .findFirst();
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (written.isPresent() || left <= 0) {
                return written;
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
