package io.tidegate.decision.model;

/** Why a decision or a verdict is as it is. The code is stable: it goes into statuses, Events and topics. */
public enum Reason {
    RIGHT_SIZE("RightSize", "the size already is what demand asks for"),
    IDLE("Idle", "nothing to do, and no replica runs"),
    WAKING("Waking", "work has arrived for a workload at zero"),
    DEMAND_ROSE("DemandRose", "demand asks for more replicas"),
    DEMAND_FELL("DemandFell", "demand asks for fewer replicas"),
    LEARNING_RATE("LearningRate", "the rate of a replica is not known yet"),
    NO_SOONER("NoSooner", "another executor would start too late to be of use"),
    EXECUTORS_KEPT("ExecutorsKept", "idle executors are kept for as long as others take to start"),
    PAUSED("Paused", "the policy's mode is Paused"),
    TARGET_MISSING("TargetMissing", "the target does not exist, or cannot be scaled"),
    TARGET_UNSEEN("TargetUnseen", "nothing is known about the target yet"),
    PASSED("Passed", "a guard had nothing to object"),
    SIGNAL_UNSEEN("SignalUnseen", "a signal has never been seen"),
    SIGNAL_FAILED("SignalFailed", "a signal's source answers with an error"),
    SIGNAL_UNKNOWN("SignalUnknown", "a signal is not fully known"),
    SIGNAL_STALE("SignalStale", "a signal's newest sample is too old"),
    AWAITING_SAMPLE("AwaitingSample", "a heartbeat is overdue"),
    SAMPLE_FROM_FUTURE("SampleFromFuture", "a sample claims to come from the future"),
    FORMULA_UNKNOWN("FormulaUnknown", "the formula gives no size"),
    FALLBACK("Fallback", "signals stayed away for longer than the policy's fallback.after"),
    WITHIN_TOLERANCE("WithinTolerance", "the signal misses its target by less than the tolerance"),
    SCALE_UP_STABILIZED("ScaleUpStabilized", "a smaller size was enough within the upward window"),
    SCALE_DOWN_STABILIZED("ScaleDownStabilized", "a larger size was needed within the downward window"),
    SCALE_UP_LIMIT("ScaleUpLimit", "the upward rate limit allows no more"),
    SCALE_DOWN_LIMIT("ScaleDownLimit", "the downward rate limit allows no less"),
    COOLING_DOWN("CoolingDown", "the last replica stays until the workload has been inactive for the downward window"),
    PODS_STARTING("PodsStarting", "replicas of the last scale-up are still starting"),
    GROUP_SETTLING("GroupSettling", "the group has only just changed its members"),
    TOO_MANY_REPLICAS("TooManyReplicas", "the policy allows no more"),
    TOO_FEW_REPLICAS("TooFewReplicas", "the policy allows no less");

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

    /** Whether something that a decision needs is not known. */
    public boolean missingData() {
        return switch (this) {
            case SIGNAL_UNSEEN, SIGNAL_FAILED, SIGNAL_UNKNOWN, SIGNAL_STALE, AWAITING_SAMPLE, SAMPLE_FROM_FUTURE ->
                true;
            case RIGHT_SIZE,
                    IDLE,
                    WAKING,
                    DEMAND_ROSE,
                    DEMAND_FELL,
                    LEARNING_RATE,
                    NO_SOONER,
                    EXECUTORS_KEPT,
                    PAUSED,
                    TARGET_MISSING,
                    TARGET_UNSEEN,
                    PASSED,
                    FORMULA_UNKNOWN,
                    FALLBACK,
                    WITHIN_TOLERANCE,
                    SCALE_UP_STABILIZED,
                    SCALE_DOWN_STABILIZED,
                    SCALE_UP_LIMIT,
                    SCALE_DOWN_LIMIT,
                    COOLING_DOWN,
                    PODS_STARTING,
                    GROUP_SETTLING,
                    TOO_MANY_REPLICAS,
                    TOO_FEW_REPLICAS -> false;
        };
    }

    /** What the code means, in plain English. */
    public String phrase() {
        return phrase;
    }
}
