package io.tidegate.autoscaler.act;

import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.wire.TraceParent;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at carrying a target out.
 *
 * @param id names it in the API server's audit log
 * @param trace where it is in the trace of the target; absent if the target is in none
 */
public record Attempt(String id, @Nullable TraceParent trace) {
    public Attempt {
        Objects.requireNonNull(id, "id");
    }

    /**
     * An attempt at a target's size.
     *
     * @param number which one, from 1
     */
    public static Attempt of(Target target, int number) {
        return named(target, target.decisionId() + "-" + number);
    }

    /**
     * An attempt at a target's fallback size.
     *
     * @param number which one, from 1
     */
    public static Attempt fallback(Target target, int number) {
        return named(target, target.decisionId() + "-fallback-" + number);
    }

    /** What the API server is told with the write. */
    public Map<String, String> headers() {
        return trace == null
                ? Map.of("Audit-ID", id)
                : Map.of("Audit-ID", id, TraceParent.HTTP_HEADER, trace.toString());
    }

    private static Attempt named(Target target, String id) {
        TraceParent told = TraceParent.parse(target.traceparent());
        return new Attempt(id, told == null ? null : told.withSpan(id + "/" + target.sequence()));
    }
}
