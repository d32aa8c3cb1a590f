package io.tidegate.collector.facts;

import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends over the reactive channel {@code facts}, one producer for all topics. */
@Singleton
public final class ChannelSender implements RecordSender {

    private final Emitter<Record<String, byte[]>> emitter;

    /** What waits is bounded by {@link FactPublisher}, one record a key, so that the buffer needs no bound of its own. */
    @Inject
    public ChannelSender(
            @Channel("facts") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<Record<String, byte[]>> emitter) {
        this.emitter = emitter;
    }

    @Override
    public CompletionStage<Void> send(ProducerRecord<String, byte[]> record) {
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<String> metadata =
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(record.topic())
                        .withKey(record.key())
                        .withHeaders(record.headers());
        Integer partition = record.partition();
        if (partition != null) {
            metadata.withPartition(partition);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            emitter.send(Message.of(
                    Record.of(record.key(), record.value()),
                    Metadata.of(metadata.build()),
                    () -> {
                        done.complete(null);
                        return CompletableFuture.completedFuture(null);
                    },
                    failure -> {
                        done.completeExceptionally(failure);
                        return CompletableFuture.completedFuture(null);
                    }));
        } catch (IllegalStateException e) {
            done.completeExceptionally(e);
        }
        return done;
    }
}
