package io.tidegate.decision.model;

/** Why a decision or a verdict is as it is. The code is stable: it goes into statuses, Events and topics. */
public enum Reason {
    /** The size already is what demand asks for. */
    RIGHT_SIZE("RightSize"),
    /** Nothing to do, and no replica runs. */
    IDLE("Idle"),
    /** Work has arrived for a workload at zero. */
    WAKING("Waking"),
    /** Demand asks for more replicas. */
    DEMAND_ROSE("DemandRose"),
    /** Demand asks for fewer replicas. */
    DEMAND_FELL("DemandFell"),
    /** The rate of a replica is not known yet. */
    LEARNING_RATE("LearningRate"),
    /** The policy's mode is Paused. */
    PAUSED("Paused"),
    /** The target does not exist, or cannot be scaled. */
    TARGET_MISSING("TargetMissing"),
    /** Nothing is known about the target yet. */
    TARGET_UNSEEN("TargetUnseen"),
    /** A guard had nothing to object. */
    PASSED("Passed"),
    /** A signal has never been seen. */
    SIGNAL_UNSEEN("SignalUnseen"),
    /** A signal's source answered with an error. */
    SIGNAL_FAILED("SignalFailed"),
    /** A signal's sample does not hold what is needed. */
    SIGNAL_UNKNOWN("SignalUnknown"),
    /** A signal's newest sample is too old. */
    SIGNAL_STALE("SignalStale"),
    /** A heartbeat is overdue: nothing shrinks until the next sample. */
    AWAITING_SAMPLE("AwaitingSample"),
    /** A sample claims to come from the future. */
    SAMPLE_FROM_FUTURE("SampleFromFuture"),
    /** Signals stayed away for longer than the policy's {@code fallback.after}. */
    FALLBACK("Fallback"),
    /** The signal misses its target by no more than the tolerance. */
    WITHIN_TOLERANCE("WithinTolerance"),
    /** A smaller size was enough within the upward window. */
    SCALE_UP_STABILIZED("ScaleUpStabilized"),
    /** A larger size was needed within the downward window. */
    SCALE_DOWN_STABILIZED("ScaleDownStabilized"),
    /** The upward rate limit. */
    SCALE_UP_LIMIT("ScaleUpLimit"),
    /** The downward rate limit. */
    SCALE_DOWN_LIMIT("ScaleDownLimit"),
    /** The last replica stays until the workload has been inactive for the downward window. */
    COOLING_DOWN("CoolingDown"),
    /** Replicas of the last scale-up are still starting. */
    PODS_STARTING("PodsStarting"),
    /** The policy's largest size. */
    TOO_MANY_REPLICAS("TooManyReplicas"),
    /** The policy's smallest size. */
    TOO_FEW_REPLICAS("TooFewReplicas");

    private final String code;

    Reason(String code) {
        this.code = code;
    }

    /** The stable, CamelCase form. */
    public String code() {
        return code;
    }
}
