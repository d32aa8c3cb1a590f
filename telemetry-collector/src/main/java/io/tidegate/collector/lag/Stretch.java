package io.tidegate.collector.lag;

import org.apache.kafka.common.TopicPartition;

/**
 * A part of a partition.
 *
 * @param partition the partition
 * @param from its first offset
 * @param to the offset behind its last
 */
public record Stretch(TopicPartition partition, long from, long to) {}
