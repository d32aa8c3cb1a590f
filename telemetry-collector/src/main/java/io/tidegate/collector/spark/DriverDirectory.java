package io.tidegate.collector.spark;

import io.tidegate.collector.sender.Sender;
import io.tidegate.contracts.id.WorkloadId;
import java.util.Optional;

/** Knows the drivers that policies speak of. Safe for use by many threads; returns at once. */
@FunctionalInterface
public interface DriverDirectory {

    /** The driver that a sender is; empty if no policy speaks of it. */
    Optional<Driver> find(Sender sender);

    /**
     * A driver.
     *
     * @param workload the workload that it is at the moment
     * @param appId id of its application, as its pod says
     */
    record Driver(WorkloadId workload, String appId) {}
}
