package io.tidegate.decision.model;

/** Why a decision or a verdict is as it is. The code is stable: it goes into statuses, Events and topics. */
public enum Reason {
    RIGHT_SIZE("RightSize", "the size already is what demand asks for"),
    IDLE("Idle", "nothing to do, and no replica runs"),
    WAKING("Waking", "work has arrived for a workload at zero"),
    DEMAND_ROSE("DemandRose", "demand asks for more replicas"),
    DEMAND_FELL("DemandFell", "demand asks for fewer replicas"),
    LEARNING_RATE("LearningRate", "the rate of a replica is not known yet"),
    PAUSED("Paused", "the policy's mode is Paused"),
    TARGET_MISSING("TargetMissing", "the target does not exist, or cannot be scaled"),
    TARGET_UNSEEN("TargetUnseen", "nothing is known about the target yet"),
    PASSED("Passed", "a guard had nothing to object"),
    SIGNAL_UNSEEN("SignalUnseen", "a signal has never been seen"),
    SIGNAL_FAILED("SignalFailed", "a signal's source answered with an error"),
    SIGNAL_UNKNOWN("SignalUnknown", "a signal's sample does not hold what is needed"),
    SIGNAL_STALE("SignalStale", "a signal's newest sample is too old"),
    AWAITING_SAMPLE("AwaitingSample", "a heartbeat is overdue: nothing shrinks until the next sample"),
    SAMPLE_FROM_FUTURE("SampleFromFuture", "a sample claims to come from the future"),
    FALLBACK("Fallback", "signals stayed away for longer than the policy's fallback.after"),
    WITHIN_TOLERANCE("WithinTolerance", "the signal misses its target by no more than the tolerance"),
    SCALE_UP_STABILIZED("ScaleUpStabilized", "a smaller size was enough within the upward window"),
    SCALE_DOWN_STABILIZED("ScaleDownStabilized", "a larger size was needed within the downward window"),
    SCALE_UP_LIMIT("ScaleUpLimit", "the upward rate limit"),
    SCALE_DOWN_LIMIT("ScaleDownLimit", "the downward rate limit"),
    COOLING_DOWN("CoolingDown", "the last replica stays until the workload has been inactive for the downward window"),
    PODS_STARTING("PodsStarting", "replicas of the last scale-up are still starting"),
    GROUP_SETTLING("GroupSettling", "the group has only just changed its members"),
    TOO_MANY_REPLICAS("TooManyReplicas", "the policy's largest size"),
    TOO_FEW_REPLICAS("TooFewReplicas", "the policy's smallest size");

    private final String code;
    private final String phrase;

    Reason(String code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    /** The stable, CamelCase form. */
    public String code() {
        return code;
    }

    /** What the code means, in plain English. */
    public String phrase() {
        return phrase;
    }
}
