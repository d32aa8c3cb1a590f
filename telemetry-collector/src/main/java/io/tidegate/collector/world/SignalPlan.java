package io.tidegate.collector.world;

import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.SignalSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lag signals of some policies.
 *
 * @param signals signals that can be sampled
 * @param failures for each signal that can't, why
 */
record SignalPlan(Map<SignalKey, LagSignal> signals, Map<SignalKey, String> failures) {

    static SignalPlan of(Iterable<PolicyFact> policies, Map<ConnectionId, String> connections) {
        SignalPlan plan = new SignalPlan(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (PolicyFact policy : policies) {
            for (SignalSpec spec : policy.spec().signals()) {
                KafkaSignal kafka = spec.kafka();
                if (kafka != null) {
                    plan.add(new SignalKey(policy.workload(), spec.name()), policy, kafka, connections);
                }
            }
        }
        return plan;
    }

    /** Whether a policy has a signal that what the pods use is read for. */
    static boolean asksForUsage(PolicyFact policy) {
        return policy.spec().signals().stream().anyMatch(signal -> signal.resource() != null);
    }

    private void add(SignalKey key, PolicyFact policy, KafkaSignal kafka, Map<ConnectionId, String> connections) {
        ConnectionId connection = new ConnectionId(policy.policy().namespace(), kafka.connectionRef());
        String bootstrapServers = connections.get(connection);
        if (bootstrapServers == null) {
            failures.put(
                    key,
                    "the Connection " + connection.name() + " does not exist in namespace " + connection.namespace()
                            + ", or names no Kafka cluster");
        } else {
            signals.put(key, LagSignal.of(key, bootstrapServers, kafka));
        }
    }
}
