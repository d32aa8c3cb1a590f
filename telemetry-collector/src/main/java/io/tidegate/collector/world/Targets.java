package io.tidegate.collector.world;

import java.util.Set;

/** Watches scale targets; returns at once. What it sees it tells the {@link ClusterListener}. */
public interface Targets {

    /** Watches exactly these from here on. */
    void watch(Set<Target> targets);
}
