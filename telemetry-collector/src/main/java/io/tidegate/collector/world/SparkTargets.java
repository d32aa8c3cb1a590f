package io.tidegate.collector.world;

import java.util.Set;

/** Watches Spark applications; returns at once. What it sees it tells the {@link ClusterListener}. */
public interface SparkTargets {

    /** Watches exactly these from here on. */
    void watchApplications(Set<SparkTarget> targets);
}
