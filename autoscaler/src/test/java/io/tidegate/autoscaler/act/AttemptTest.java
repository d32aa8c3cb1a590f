package io.tidegate.autoscaler.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.TraceParent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private static final TraceParent TRACE =
            new TraceParent(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0xf067aa0ba902b7L, TraceParent.SAMPLED);

    @Test
    void goesOnWithTheTraceOfItsTarget() {
        Attempt attempt = Attempt.of(target(TRACE.toString()), 1);
        TraceParent trace = Objects.requireNonNull(attempt.trace());

        assertEquals("d-1-1", attempt.id());
        assertEquals(TRACE.traceId(), trace.traceId());
        assertNotEquals(TRACE.spanId(), trace.spanId());
        assertEquals(Map.of("Audit-ID", "d-1-1", "traceparent", trace.toString()), attempt.headers());
    }

    @Test
    void eachAttemptHasASpanOfItsOwnThatIsTheSameAgain() {
        Target target = target(TRACE.toString());

        assertEquals(Attempt.of(target, 2), Attempt.of(target, 2));
        assertEquals(
                4,
                List.of(
                                Attempt.of(target, 1),
                                Attempt.of(target, 2),
                                Attempt.fallback(target, 1),
                                Attempt.fallback(target, 2))
                        .stream()
                        .map(Attempt::trace)
                        .distinct()
                        .count());
        assertEquals("d-1-fallback-2", Attempt.fallback(target, 2).id());
    }

    @Test
    void aTraceThatIsNoneCostsNothingButTheTrace() {
        for (String broken : new @Nullable String[] {null, "", "x\r\nX-Admin: yes", "0".repeat(60_000)}) {
            Attempt attempt = Attempt.of(target(broken), 1);
            assertNull(attempt.trace());
            assertEquals(Map.of("Audit-ID", "d-1-1"), attempt.headers());
        }
    }

    private static Target target(@Nullable String traceparent) {
        return new TargetBuilder().decisionId("d-1").build().withTraceparent(traceparent);
    }
}
