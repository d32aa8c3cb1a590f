package io.tidegate.spark.ledger;

import java.util.OptionalLong;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import scala.Option;

/**
 * How often batches of a query are due. No event tells it, and the class of a running query that knows it moves from one
 * Spark to the next, so it is asked for by name.
 *
 * @param millis 0 if one batch follows the other; absent if unknown
 */
public record TriggerInterval(OptionalLong millis) {
    static final TriggerInterval UNKNOWN = new TriggerInterval(OptionalLong.empty());

    /** The interval of a query of the default session. */
    public static TriggerInterval of(UUID query) {
        Option<SparkSession> session = SparkSession.getDefaultSession();
        if (session.isEmpty()) {
            return UNKNOWN;
        }
        StreamingQuery running = session.get().streams().get(query);
        return running == null ? UNKNOWN : of(running);
    }

    private static TriggerInterval of(StreamingQuery query) {
        try {
            Object execution = call(query, "streamingQuery");
            Object trigger = call(execution, "trigger");
            if (!trigger.getClass().getSimpleName().equals("ProcessingTimeTrigger")) {
                return UNKNOWN;
            }
            return call(trigger, "intervalMs") instanceof Long interval
                    ? new TriggerInterval(OptionalLong.of(interval))
                    : UNKNOWN;
        } catch (ReflectiveOperationException e) {
            return UNKNOWN;
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
