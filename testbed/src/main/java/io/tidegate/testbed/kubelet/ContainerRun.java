package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.tidegate.testbed.process.ChildProcess;
import io.tidegate.testbed.process.ProcessUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A container over its restarts. Touched by its pod's worker only, but for {@link #usage}. */
final class ContainerRun {
    private final String name;
    private volatile @Nullable ChildProcess process;
    private Instant startedAt = Instant.EPOCH;
    private String waitingReason = "ContainerCreating";
    private String waitingMessage = "";
    private @Nullable ContainerStateTerminated terminated;
    private int restarts;
    private int restartsSinceWell;
    private boolean ready;

    ContainerRun(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isRunning() {
        return process != null;
    }

    boolean isReady() {
        return ready;
    }

    /** Ended for good: nothing is waited for. */
    boolean isFinished() {
        return process == null && terminated != null && waitingReason.isEmpty();
    }

    boolean hasEnded() {
        return terminated != null;
    }

    int exitCode() {
        return terminated == null ? 0 : terminated.getExitCode();
    }

    @Nullable
    ChildProcess process() {
        return process;
    }

    /** What the running process used; empty between restarts. */
    Optional<ProcessUsage> usage() {
        ChildProcess running = process;
        return running == null ? Optional.empty() : running.usage();
    }

    void started(ChildProcess child, Instant now) {
        if (terminated != null) {
            restarts++;
            restartsSinceWell++;
        }
        process = child;
        startedAt = now.truncatedTo(ChronoUnit.SECONDS);
        waitingReason = "";
        waitingMessage = "";
        ready = false;
    }

    /** Notes the end and the last words and gives the number of restarts since it last ran well, by which the next one is delayed. */
    int ended(int exitCode, String message, Instant now) {
        if (Duration.between(startedAt, now).compareTo(RestartPolicy.RECOVERED_AFTER) > 0) {
            restartsSinceWell = 0;
        }
        process = null;
        ready = false;
        terminated = new ContainerStateTerminatedBuilder()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withMessage(message.isEmpty() ? null : message)
                .withSignal(exitCode > 128 ? exitCode - 128 : null)
                .withStartedAt(startedAt.toString())
                .withFinishedAt(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        return restartsSinceWell;
    }

    void waiting(String reason, String message) {
        waitingReason = reason;
        waitingMessage = message;
    }

    /** True when this changes anything. */
    boolean setReady(boolean value) {
        boolean changed = ready != value && (process != null || !value);
        ready = value && process != null;
        return changed;
    }

    /** What the pod's status says of it; {@code spec} tells the resources that it has now. */
    ContainerStatus status(Container spec) {
        ContainerStatusBuilder builder = new ContainerStatusBuilder()
                .withName(name)
                .withImage(spec.getImage())
                .withImageID("process")
                .withReady(ready)
                .withStarted(process != null)
                .withRestartCount(restarts)
                .withState(state())
                .withResources(spec.getResources());
        if (spec.getResources() != null && spec.getResources().getRequests() != null) {
            builder.withAllocatedResources(spec.getResources().getRequests());
        }
        ChildProcess running = process;
        if (running != null) {
            builder.withContainerID("process://" + running.pid());
        }
        if (terminated != null && (running != null || !waitingReason.isEmpty())) {
            builder.withLastState(
                    new ContainerStateBuilder().withTerminated(terminated).build());
        }
        return builder.build();
    }

    private ContainerState state() {
        ContainerStateBuilder builder = new ContainerStateBuilder();
        if (process != null) {
            return builder.withNewRunning()
                    .withStartedAt(startedAt.toString())
                    .endRunning()
                    .build();
        }
        if (!waitingReason.isEmpty()) {
            return builder.withNewWaiting()
                    .withReason(waitingReason)
                    .withMessage(waitingMessage.isEmpty() ? null : waitingMessage)
                    .endWaiting()
                    .build();
        }
        return builder.withTerminated(terminated).build();
    }
}
