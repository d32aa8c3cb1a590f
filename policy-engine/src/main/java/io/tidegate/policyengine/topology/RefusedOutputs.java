package io.tidegate.policyengine.topology;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;

/** One output that is too large for the broker costs itself, not the stream; any other failure stops the thread. */
public final class RefusedOutputs implements ProductionExceptionHandler {

    private static final Logger LOG = Logger.getLogger(RefusedOutputs.class);

    /** Kafka Streams makes the handler itself, so that the count can't be handed in. */
    private static final LongAdder COUNT = new LongAdder();

    /** Outputs refused since the process started. */
    static long count() {
        return COUNT.sum();
    }

    @Override
    public ProductionExceptionHandlerResponse handle(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RecordTooLargeException) {
            COUNT.increment();
            LOG.errorf(
                    "output was too large for the broker and is lost topic=%s partition=%d reason=%s",
                    record.topic(), record.partition(), exception.getMessage());
            return ProductionExceptionHandlerResponse.CONTINUE;
        }
        return ProductionExceptionHandlerResponse.FAIL;
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
