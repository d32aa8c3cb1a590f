package io.tidegate.testbed.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.testbed.process.ChildProcess;

/** What a pod's worker reacts to. */
sealed interface PodEvent {
    /** The API server shows the pod so. */
    record Observed(Pod pod) implements PodEvent {}

    /** The pod is gone from the API server. */
    record Removed() implements PodEvent {}

    /** A process of a container has ended. */
    record Ended(String container, ChildProcess process, int exitCode) implements PodEvent {}

    /** The wait before a restart is over. */
    record RestartDue(String container) implements PodEvent {}

    /** A readiness probe of this process says so. */
    record Probed(String container, ChildProcess process, boolean ready) implements PodEvent {}

    /** What precedes SIGTERM has had its time. */
    record PreStopOver() implements PodEvent {}

    /** The grace period is over. */
    record GraceOver() implements PodEvent {}

    /** The status could not be written and is to be tried again. */
    record WriteAgain() implements PodEvent {}

    /** The kubelet ends. */
    record Shutdown() implements PodEvent {}
}
