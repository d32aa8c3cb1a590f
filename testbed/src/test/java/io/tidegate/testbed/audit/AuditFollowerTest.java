package io.tidegate.testbed.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFollowerTest {

    private static final String EVENT = """
            {"kind":"Event","auditID":"d-1-1","stage":"ResponseComplete","verb":"patch","user":{"username":"u"},\
            "objectRef":{"resource":"deployments","namespace":"ns","name":"web","subresource":"scale"},\
            "responseStatus":{"code":%d},"responseObject":%s,\
            "requestReceivedTimestamp":"2026-01-01T00:00:00.000100Z","stageTimestamp":"2026-01-01T00:00:00.012345Z"}""";

    @Test
    void readsAnAcceptedWriteWithItsSizeAndTimes() {
        assertEquals(
                Optional.of(new ScaleWrite(
                        "d-1-1",
                        "u",
                        "ns",
                        "web",
                        200,
                        7,
                        Instant.parse("2026-01-01T00:00:00.000100Z"),
                        Instant.parse("2026-01-01T00:00:00.012345Z"))),
                AuditFollower.parse(EVENT.formatted(200, "{\"spec\":{\"replicas\":7}}")));
    }

    @Test
    void readsAScaleToZeroWhoseSizeIsLeftOut() {
        assertEquals(
                Optional.of(-1),
                AuditFollower.parse(EVENT.formatted(422, "{\"reason\":\"Invalid\"}"))
                        .map(ScaleWrite::replicas));
        assertEquals(
                Optional.of(0),
                AuditFollower.parse(EVENT.formatted(200, "{\"kind\":\"Scale\",\"spec\":{}}"))
                        .map(ScaleWrite::replicas));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json \"subresource\":\"scale\"",
                "{\"objectRef\":{\"subresource\":\"scale\"},\"subresource\":\"scale\"}",
                "{\"verb\":\"patch\",\"stage\":\"ResponseComplete\",\"objectRef\":{\"subresource\":\"scale\"}}"
            })
    void skipsWhatIsNoFinishedWrite(String line) {
        assertEquals(Optional.empty(), AuditFollower.parse(line));
    }
}
