package io.tidegate.collector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.collector.lag.RecordProbe;
import io.tidegate.collector.lag.RecordProbe.Finding;
import io.tidegate.collector.lag.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** What the testbed's broker doesn't do: it denies nothing, and is always there. */
class FetchRecordProbeTest {

    private static final Stretch SECRET = new Stretch(new TopicPartition("secret", 0), 3, 4);
    private static final Stretch ORDERS = new Stretch(new TopicPartition("orders", 0), 3, 4);

    @Test
    void findsTheRestThoughOneTopicIsDenied() throws ExecutionException, InterruptedException, TimeoutException {
        MockConsumer<Boolean, Boolean> consumer = new MockConsumer<>("none");
        try (RecordProbe probe = new FetchRecordProbe(() -> consumer, System::nanoTime)) {
            for (int round = 0; round < 2; round++) {
                consumer.schedulePollTask(
                        () -> consumer.setPollException(new TopicAuthorizationException(Set.of("secret"))));
                consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>("orders", 0, 3, true, true)));
                assertEquals(Map.of(SECRET, Finding.DENIED, ORDERS, Finding.HELD), look(probe));
            }
        }
    }

    @Test
    void countsNoRecordBehindTheStretch() throws ExecutionException, InterruptedException, TimeoutException {
        MockConsumer<Boolean, Boolean> consumer = new MockConsumer<>("none");
        try (RecordProbe probe = new FetchRecordProbe(() -> consumer, System::nanoTime)) {
            consumer.schedulePollTask(() -> {
                consumer.addRecord(new ConsumerRecord<>("orders", 0, 4, true, true));
                consumer.addRecord(new ConsumerRecord<>("secret", 0, 3, true, true));
            });
            assertEquals(Map.of(SECRET, Finding.HELD, ORDERS, Finding.EMPTY), look(probe));
        }
    }

    @Test
    void answersThoughNoConsumerCanBeOpened() throws ExecutionException, InterruptedException, TimeoutException {
        try (RecordProbe probe = new FetchRecordProbe(FetchRecordProbeTest::refuse, System::nanoTime)) {
            assertEquals(Map.of(), look(probe));
        }
    }

    private static Consumer<?, ?> refuse() {
        throw new KafkaException("no such host");
    }

    private static Map<Stretch, Finding> look(RecordProbe probe)
            throws ExecutionException, InterruptedException, TimeoutException {
        return probe.look(List.of(SECRET, ORDERS)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
