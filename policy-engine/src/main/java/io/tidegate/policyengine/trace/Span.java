package io.tidegate.policyengine.trace;

import io.tidegate.contracts.wire.TraceParent;
import java.util.Map;
import java.util.Objects;

/**
 * One step on the way from an observation to a write.
 *
 * @param place its trace and its own id
 * @param parent id of the span before it; 0 if it is the first
 * @param source who made the step, such as {@code tidegate/collector/collector-0}
 * @param step which step it is
 * @param startMillis when it began, in milliseconds since 1970
 * @param endMillis when it ended, at the earliest when it began
 * @param failed whether it did not succeed
 * @param attributes what is said of it, in the order in which it is said
 */
public record Span(
        TraceParent place,
        long parent,
        String source,
        Step step,
        long startMillis,
        long endMillis,
        boolean failed,
        Map<String, String> attributes) {
    public Span {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(step, "step");
        // Each end may be by another clock.
        endMillis = Math.max(startMillis, endMillis);
    }

    /** Steps, and the kinds of spans that they are. */
    public enum Step {
        OBSERVE("observe", 4),
        DECIDE("decide", 5),
        WRITE("write", 3);

        private final String label;
        private final int kind;

        Step(String label, int kind) {
            this.label = label;
            this.kind = kind;
        }

        /** Name of the span. */
        String label() {
            return label;
        }

        /** Number of OpenTelemetry's kind: 3 is a client, 4 a producer, 5 a consumer. */
        int kind() {
            return kind;
        }
    }
}
