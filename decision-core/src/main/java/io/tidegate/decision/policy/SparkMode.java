package io.tidegate.decision.policy;

/** Who says how many executors a Spark application may want. */
public enum SparkMode {
    /** Spark's dynamic allocation, between a floor and a cap. */
    BOUNDED,
    /** Nobody but the policy. */
    MANAGED
}
