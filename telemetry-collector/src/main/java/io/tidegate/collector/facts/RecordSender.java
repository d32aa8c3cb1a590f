package io.tidegate.collector.facts;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends records in the order in which it is called; returns at once. */
@FunctionalInterface
public interface RecordSender {

    /** Completes when the broker has the record, or exceptionally when that has failed for good. */
    CompletionStage<Void> send(ProducerRecord<String, byte[]> record);
}
