package io.tidegate.collector.prometheus;

import io.tidegate.collector.lag.SignalKey;
import io.tidegate.contracts.policy.PrometheusSignal;
import java.net.URI;
import java.time.Duration;

/**
 * A query that is to be asked again and again.
 *
 * @param key which signal it is
 * @param server the Prometheus
 * @param query what is asked
 * @param maxAge how old what it is answered from may be
 */
public record QuerySignal(SignalKey key, URI server, String query, Duration maxAge) {

    /** The signal that a policy describes, at the Prometheus that its connection names. */
    public static QuerySignal of(SignalKey key, URI server, PrometheusSignal signal) {
        return new QuerySignal(key, server, signal.query(), signal.maxAge());
    }
}
