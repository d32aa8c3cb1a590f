package io.tidegate.collector.lag;

import java.util.Map;

/** The fake keeps the contract too. */
class InMemoryKafkaTest extends KafkaClustersContract {

    private final InMemoryKafka kafka = new InMemoryKafka();

    @Override
    protected KafkaClusters clusters() {
        return kafka;
    }

    @Override
    protected String servers() {
        return "kafka:9092";
    }

    @Override
    protected String unique(String name) {
        return name;
    }

    @Override
    protected void createTopic(String topic, int partitions) {
        kafka.createTopic(topic, partitions);
    }

    @Override
    protected void append(String topic, int partition, int records) {
        kafka.append(topic, partition, records);
    }

    @Override
    protected void appendInTransaction(String topic, Map<Integer, Integer> records, Outcome outcome) {
        records.forEach((partition, count) -> kafka.append(topic, partition, count));
        if (outcome != Outcome.OPEN) {
            records.keySet().forEach(partition -> kafka.endTransaction(topic, partition));
        }
    }

    @Override
    protected void commit(String group, String topic, int partition, long offset) {
        kafka.commit(group, topic, partition, offset);
    }

    @Override
    protected void expire(String topic, int partition, long before) {
        kafka.expire(topic, partition, before);
    }

    @Override
    protected void deleteTopic(String topic) {
        kafka.deleteTopic(topic);
    }

    @Override
    protected void growTopic(String topic, int partitions) {
        kafka.growTopic(topic, partitions);
    }
}
