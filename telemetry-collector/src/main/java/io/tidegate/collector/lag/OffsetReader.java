package io.tidegate.collector.lag;

import io.tidegate.contracts.fact.Reading;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads offsets of one Kafka cluster. */
public interface OffsetReader extends AutoCloseable {

    /**
     * Reads many groups at once. Each query is answered on its own, so that one that fails holds up no other; a failure is a
     * {@link Reading.Failed}, never an exception. Every answer comes within a few seconds.
     */
    Map<OffsetQuery, CompletionStage<Reading>> read(Collection<OffsetQuery> queries);

    @Override
    void close();
}
