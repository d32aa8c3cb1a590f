package io.tidegate.testbed.kubelet;

import java.time.Duration;

/** When an ended container runs again, by the pod's {@code restartPolicy}. */
record RestartPolicy(Kind kind, Duration firstBackOff) {
    /** As Kubernetes. */
    static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    /** A container that ran this long has recovered: its back-off starts over (Kubernetes: 10 minutes). */
    static final Duration RECOVERED_AFTER = Duration.ofMinutes(10);

    enum Kind {
        ALWAYS,
        ON_FAILURE,
        NEVER
    }

    static RestartPolicy of(String name, Duration firstBackOff) {
        Kind kind = switch (name) {
            case "Never" -> Kind.NEVER;
            case "OnFailure" -> Kind.ON_FAILURE;
            default -> Kind.ALWAYS;
        };
        return new RestartPolicy(kind, firstBackOff);
    }

    boolean restarts(int exitCode) {
        return switch (kind) {
            case ALWAYS -> true;
            case ON_FAILURE -> exitCode != 0;
            case NEVER -> false;
        };
    }

    /** The wait before a restart, when this many were made since the container last ran well: none before the first. */
    Duration wait(int restarts) {
        if (restarts == 0) {
            return Duration.ZERO;
        }
        Duration wait = firstBackOff;
        for (int i = 1; i < restarts && wait.compareTo(LONGEST_BACK_OFF) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_BACK_OFF) < 0 ? wait : LONGEST_BACK_OFF;
    }
}
