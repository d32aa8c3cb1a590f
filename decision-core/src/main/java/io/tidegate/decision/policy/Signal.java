package io.tidegate.decision.policy;

/** What a size may be chosen by. Names differ within a policy. */
public sealed interface Signal permits KafkaSignal, ResourceSignal, ScheduleSignal, SparkSignal, ValueSignal {
    /** The signal's name in the policy. */
    String name();
}
