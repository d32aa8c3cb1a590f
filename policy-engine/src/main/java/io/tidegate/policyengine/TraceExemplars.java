package io.tidegate.policyengine;

import io.micrometer.core.instrument.Timer;
import io.prometheus.client.exemplars.Exemplar;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.tidegate.contracts.wire.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives times that were taken in a trace its ids, as exemplars of their histograms; they are shown in the OpenMetrics format. The registry
 * asks for them in the thread that records a time, with no other way to say of which trace it is.
 */
public final class TraceExemplars implements ExemplarSampler {

    private static final ThreadLocal<@Nullable TraceParent> TRACE = new ThreadLocal<>();

    /** Records a time that was taken in a trace, or in none. */
    static void record(Timer timer, Duration time, @Nullable TraceParent trace) {
        TRACE.set(trace);
        try {
            timer.record(time);
        } finally {
            TRACE.remove();
        }
    }

    /** Of one bucket of a histogram; null leaves what is there. */
    @Override
    public @Nullable Exemplar sample(double value, double from, double to, @Nullable Exemplar previous) {
        TraceParent trace = TRACE.get();
        return trace == null
                ? null
                : new Exemplar(
                        value, System.currentTimeMillis(), "trace_id", trace.traceId(), "span_id", trace.spanId());
    }

    /** Counters have none. */
    @Override
    public @Nullable Exemplar sample(double increment, @Nullable Exemplar previous) {
        return null;
    }
}
