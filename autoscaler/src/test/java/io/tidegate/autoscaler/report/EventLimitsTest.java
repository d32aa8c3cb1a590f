package io.tidegate.autoscaler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidegate.autoscaler.report.EventLimits.Verdict;
import io.tidegate.contracts.id.PolicyId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLimitsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final EventLimits limits = new EventLimits(Instant.ofEpochMilli(0x1000));

    @Test
    void createsWhatIsNotTheSame() {
        assertEquals(new Verdict.Create("orders.1000.1"), limits.judge(event("a"), 0));
        assertEquals(new Verdict.Create("orders.1000.2"), limits.judge(event("b"), 0));
    }

    @Test
    void countsUpTheSameAndNotTooOften() {
        limits.judge(event("a"), 0);
        assertEquals(new Verdict.Drop(), limits.judge(event("a"), SECOND));
        assertEquals(new Verdict.Repeat("orders.1000.1", 3), limits.judge(event("a"), 11 * SECOND));
    }

    @Test
    void createsTheSameAgainAfterALongTime() {
        limits.judge(event("a"), 0);
        assertEquals(new Verdict.Create("orders.1000.2"), limits.judge(event("a"), 361 * SECOND));
    }

    @Test
    void keepsAPolicyToItsBudget() {
        for (int i = 0; i < 25; i++) {
            limits.judge(event("n" + i), 0);
        }
        assertEquals(new Verdict.Drop(), limits.judge(event("one more"), 0));
        assertEquals(new Verdict.Create("orders.1000.1a"), limits.judge(event("later"), 20 * SECOND));
    }

    @Test
    void cutsWhatTheApiServerWouldRefuse() {
        assertEquals(1024, event("x".repeat(5000)).note().length());
        PolicyEvent longName =
                new PolicyEvent(new PolicyId("eu", "sales", "p".repeat(253)), "uid", false, "Scaled", "Scale", "n");
        Verdict.Create create = (Verdict.Create) limits.judge(longName, 0);
        assertEquals(true, create.name().length() <= 253);
    }

    private static PolicyEvent event(String note) {
        return new PolicyEvent(new PolicyId("eu", "sales", "orders"), "uid", false, "Scaled", "Scale", note);
    }
}
