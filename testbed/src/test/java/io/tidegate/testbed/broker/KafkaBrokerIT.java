package io.tidegate.testbed.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.testbed.junit.Isolation;
import io.tidegate.testbed.junit.OnTestbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@OnTestbed
class KafkaBrokerIT {

    @Test
    void givesBackWhatWasProduced(KafkaBroker broker, Isolation isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        String topic = isolation.name("orders");
        Map<String, Object> server = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(server)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(3), Optional.empty())))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(server, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get(10, TimeUnit.SECONDS);
        }
        Map<String, Object> consuming = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                isolation.name("group"),
                "group.protocol",
                "consumer",
                "auto.offset.reset",
                "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(consuming, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (ConsumerRecord<String, String> consumed : consumer.poll(Duration.ofMillis(100))) {
                    values.add(consumed.value());
                }
                return !values.isEmpty();
            });
        }
        assertEquals(List.of("value"), values);
    }
}
