/** Reads offsets and waits for records on the workloads' Kafka clusters. When that is done is decided elsewhere. */
@NullMarked
package io.tidegate.collector.kafka;

import org.jspecify.annotations.NullMarked;
