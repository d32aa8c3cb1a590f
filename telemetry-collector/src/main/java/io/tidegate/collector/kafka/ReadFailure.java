package io.tidegate.collector.kafka;

import io.tidegate.collector.metrics.CollectorMetrics.Failure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Why offsets could not be read.
 *
 * @param reason for metrics
 * @param words for the policy's owner
 */
record ReadFailure(Failure reason, String words) {

    private static final int LONGEST = 200;

    /**
     * Puts a client's exception into words.
     *
     * @param what what was read, such as {@code topic orders}
     */
    static ReadFailure of(String what, Throwable failure) {
        Throwable cause = unwrap(failure);
        // A time-out hides what was tried in vain until then.
        Throwable root = cause instanceof TimeoutException && cause.getCause() != null ? cause.getCause() : cause;
        return switch (root) {
            case UnknownTopicOrPartitionException missing ->
                new ReadFailure(Failure.MISSING, what + " does not exist on the Kafka cluster");
            case InvalidTopicException invalid ->
                new ReadFailure(Failure.MISSING, what + " does not have a valid name");
            case AuthorizationException denied ->
                new ReadFailure(Failure.DENIED, "not allowed to read " + what + ": " + message(denied));
            case AuthenticationException refused ->
                new ReadFailure(Failure.DENIED, "the Kafka cluster refused the login: " + message(refused));
            case TimeoutException late ->
                new ReadFailure(Failure.TIMEOUT, "the Kafka cluster did not answer in time about " + what);
            default ->
                new ReadFailure(
                        Failure.OTHER,
                        what + " could not be read: " + root.getClass().getSimpleName() + ": " + message(root));
        };
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? unwrap(cause) : failure;
    }

    private static String message(Throwable failure) {
        @Nullable String message = failure.getMessage();
        if (message == null) {
            return "no details";
        }
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    }
}
