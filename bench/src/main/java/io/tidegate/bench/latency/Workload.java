package io.tidegate.bench.latency;

/**
 * One of the workloads: a Deployment of this name, with a topic and a group of the same name.
 *
 * @param namespace its namespace
 * @param name its name
 */
record Workload(String namespace, String name) {}
