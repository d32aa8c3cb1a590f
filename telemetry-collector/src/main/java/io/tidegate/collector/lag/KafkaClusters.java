package io.tidegate.collector.lag;

/** Opens clients of Kafka clusters. */
public interface KafkaClusters {

    /** A reader of a cluster; whether it answers shows when it is asked. */
    OffsetReader reader(String bootstrapServers);

    /** A watch on a cluster. */
    RecordWatch watch(String bootstrapServers, RecordWatch.Listener listener);

    /** A probe of a cluster; it connects when it is first used. */
    RecordProbe probe(String bootstrapServers);
}
