package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.KafkaClustersContract.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes in transactions, each by a producer of its own; those left open are aborted at the end. */
final class Transactions implements AutoCloseable {

    private final String servers;
    private final String name;
    private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();

    Transactions(String servers, String name) {
        this.servers = servers;
        this.name = name;
    }

    /** Writes records, counted by partition, in one transaction. */
    void write(String topic, Map<Integer, Integer> records, Outcome outcome)
            throws ExecutionException, InterruptedException {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "transactional.id", name + "-" + producers.size()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producers.add(producer);
        producer.initTransactions();
        producer.beginTransaction();
        for (Map.Entry<Integer, Integer> entry : records.entrySet()) {
            for (int record = 0; record < entry.getValue(); record++) {
                producer.send(new ProducerRecord<>(topic, entry.getKey(), null, new byte[] {1}))
                        .get();
            }
        }
        switch (outcome) {
            case COMMITTED -> producer.commitTransaction();
            case ABORTED -> producer.abortTransaction();
            case OPEN -> {}
        }
    }

    @Override
    public void close() {
        producers.forEach(KafkaProducer::close);
    }
}
