package io.tidegate.it.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic that a query reads, and records for it. */
record Clicks(Admin admin, KafkaProducer<byte[], byte[]> producer, String topic) implements AutoCloseable {
    private static final int PARTITIONS = 4;

    static Clicks create(String bootstrapServers, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> server = Map.of("bootstrap.servers", bootstrapServers);
        Admin admin = Admin.create(server);
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
        return new Clicks(
                admin, new KafkaProducer<>(server, new ByteArraySerializer(), new ByteArraySerializer()), topic);
    }

    /** Returns when the broker has them all. */
    void send(int records) throws ExecutionException, InterruptedException, TimeoutException {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, new byte[50])));
        }
        for (Future<?> record : sent) {
            record.get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        producer.close();
        var unused = admin.deleteTopics(List.of(topic));
        admin.close();
    }
}
