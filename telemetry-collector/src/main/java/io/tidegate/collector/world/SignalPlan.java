package io.tidegate.collector.world;

import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.prometheus.QuerySignal;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.SignalSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The signals of some policies that are read by way of a Connection.
 *
 * @param lags lag signals that can be sampled
 * @param queries queries that can be asked
 * @param failures for each signal that can be neither, why
 */
record SignalPlan(
        Map<SignalKey, LagSignal> lags, Map<SignalKey, QuerySignal> queries, Map<SignalKey, String> failures) {

    static SignalPlan of(Iterable<PolicyFact> policies, Map<ConnectionId, Endpoint> connections) {
        SignalPlan plan = new SignalPlan(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (PolicyFact policy : policies) {
            for (SignalSpec spec : policy.spec().signals()) {
                SignalKey key = new SignalKey(policy.workload(), spec.name());
                KafkaSignal kafka = spec.kafka();
                if (kafka != null) {
                    plan.add(
                            key,
                            kafka,
                            new ConnectionId(policy.policy().namespace(), kafka.connectionRef()),
                            connections);
                }
                PrometheusSignal prometheus = spec.prometheus();
                if (prometheus != null) {
                    plan.add(
                            key,
                            prometheus,
                            new ConnectionId(policy.policy().namespace(), prometheus.connectionRef()),
                            connections);
                }
            }
        }
        return plan;
    }

    /** Whether a policy has a signal that what the pods use is read for. */
    static boolean asksForUsage(PolicyFact policy) {
        return policy.spec().signals().stream().anyMatch(signal -> signal.resource() != null);
    }

    private void add(
            SignalKey key, KafkaSignal kafka, ConnectionId connection, Map<ConnectionId, Endpoint> connections) {
        if (connections.get(connection) instanceof Endpoint.Kafka cluster) {
            lags.put(key, LagSignal.of(key, cluster.bootstrapServers(), kafka));
        } else {
            failures.put(key, missing(connection, "Kafka cluster"));
        }
    }

    private void add(
            SignalKey key, PrometheusSignal signal, ConnectionId connection, Map<ConnectionId, Endpoint> connections) {
        if (connections.get(connection) instanceof Endpoint.Prometheus prometheus) {
            queries.put(key, QuerySignal.of(key, prometheus.url(), signal));
        } else {
            failures.put(key, missing(connection, "Prometheus"));
        }
    }

    private static String missing(ConnectionId connection, String what) {
        return "the Connection " + connection.name() + " does not exist in namespace " + connection.namespace()
                + ", or names no " + what;
    }
}
