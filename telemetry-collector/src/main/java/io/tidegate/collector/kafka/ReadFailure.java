package io.tidegate.collector.kafka;

import io.tidegate.collector.metrics.CollectorMetrics.Failure;
import io.tidegate.contracts.wire.Excerpt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Why offsets could not be read, in words that stay the same for as long as the reason does: other words are told as news.
 *
 * @param reason for metrics
 * @param words for the policy's owner
 */
record ReadFailure(Failure reason, String words) {

    private static final int LONGEST = 200;

    /** What a client's message may count or number, such as attempts, times, nodes and requests. */
    private static final Pattern NUMBERED = Pattern.compile("\\b[A-Za-z_]*+[0-9]\\w*+");

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
                new ReadFailure(Failure.DENIED, "not allowed to read " + what + ": " + cut(text(denied)));
            case AuthenticationException refused ->
                new ReadFailure(Failure.DENIED, "the Kafka cluster refused the login: " + cut(text(refused)));
            case TimeoutException late -> late(what);
            // What was asked when the connection broke is another each time.
            case DisconnectException broken -> late(what);
            default ->
                new ReadFailure(
                        Failure.OTHER,
                        what + " could not be read: " + root.getClass().getSimpleName() + ": "
                                + cut(NUMBERED.matcher(text(root)).replaceAll("#")));
        };
    }

    private static ReadFailure late(String what) {
        return new ReadFailure(Failure.TIMEOUT, "the Kafka cluster did not answer in time about " + what);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? unwrap(cause) : failure;
    }

    private static String text(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? "no details" : message;
    }

    private static String cut(String message) {
        return Excerpt.line(message, LONGEST);
    }
}
