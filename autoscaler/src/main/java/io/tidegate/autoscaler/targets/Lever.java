package io.tidegate.autoscaler.targets;

/** Where the size of a workload is set. */
public sealed interface Lever permits ScalePath, DriverPath, TemplatePath {

    /** Namespace of the object that is written. */
    String namespace();
}
