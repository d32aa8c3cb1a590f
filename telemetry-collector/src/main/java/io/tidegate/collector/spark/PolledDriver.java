package io.tidegate.collector.spark;

import io.tidegate.contracts.id.WorkloadId;

/**
 * A driver that does not tell of itself.
 *
 * @param workload the workload that it is
 * @param appId id of its application
 * @param address IP address of its pod
 * @param port port of its user interface, which its REST API is a part of
 */
public record PolledDriver(WorkloadId workload, String appId, String address, int port) {}
