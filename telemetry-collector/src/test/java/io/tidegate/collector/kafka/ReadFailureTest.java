package io.tidegate.collector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.collector.metrics.CollectorMetrics.Failure;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadFailureTest {

    record Case(String name, Throwable failure, Failure reason, String words) {}

    @ParameterizedTest
    @MethodSource("cases")
    void putsFailuresIntoWords(Case it) {
        assertEquals(new ReadFailure(it.reason(), it.words()), ReadFailure.of("topic orders", it.failure()), it.name());
    }

    static Stream<Case> cases() {
        UnknownTopicOrPartitionException missing = new UnknownTopicOrPartitionException("x");
        String isMissing = "topic orders does not exist on the Kafka cluster";
        String late = "the Kafka cluster did not answer in time about topic orders";
        String other = "topic orders could not be read: IllegalStateException: ";
        return Stream.of(
                new Case("missing", missing, Failure.MISSING, isMissing),
                new Case(
                        "missing until time ran out",
                        new CompletionException(new TimeoutException("t", missing)),
                        Failure.MISSING,
                        isMissing),
                new Case(
                        "late",
                        new CompletionException(new TimeoutException("Call(callName=...)")),
                        Failure.TIMEOUT,
                        late),
                new Case(
                        "disconnected until time ran out",
                        new TimeoutException(
                                "Call(tries=2)",
                                new DisconnectException(
                                        "Cancelled METADATA request with correlation id 33 due to node 1"
                                                + " being disconnected")),
                        Failure.TIMEOUT,
                        late),
                new Case(
                        "numbered",
                        new IllegalStateException("tries=2 at 1796044441000 by Call@3f2a of node -1"),
                        Failure.OTHER,
                        other + "tries=# at # by Call@# of node -#"),
                new Case(
                        "denied",
                        GroupAuthorizationException.forGroupId("g"),
                        Failure.DENIED,
                        "not allowed to read topic orders: Not authorized to access group: g"),
                new Case(
                        "login refused",
                        new SaslAuthenticationException("bad"),
                        Failure.DENIED,
                        "the Kafka cluster refused the login: bad"),
                new Case("no message", new IllegalStateException(), Failure.OTHER, other + "no details"),
                new Case(
                        "long message",
                        new IllegalStateException("x".repeat(5000)),
                        Failure.OTHER,
                        other + "x".repeat(200) + "..."));
    }
}
