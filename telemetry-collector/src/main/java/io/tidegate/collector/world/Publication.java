package io.tidegate.collector.world;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this instance has said of policies and workloads; what it said last it does not say again. Used by one thread. */
final class Publication {

    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final FactLog log;
    private final Map<String, Fact> last = new HashMap<>();

    Publication(FactLog log) {
        this.log = log;
    }

    /** Publishes a fact that differs from what was said last. */
    CompletionStage<@Nullable Void> say(Fact fact, Instant observedAt) {
        return fact.equals(last.get(fact.key())) ? DONE : repeat(fact, observedAt);
    }

    /** Publishes a fact, be it what was said last. */
    CompletionStage<@Nullable Void> repeat(Fact fact, Instant observedAt) {
        last.put(fact.key(), fact);
        return log.publish(fact, observedAt).thenApply(nothing -> null);
    }

    /** Publishes a tombstone, and forgets the key. */
    CompletionStage<@Nullable Void> takeBack(Fact tombstone, Instant observedAt) {
        last.remove(tombstone.key());
        return log.publish(tombstone, observedAt).thenApply(nothing -> null);
    }

    boolean hasSaid(String key) {
        return last.containsKey(key);
    }

    /** Takes back all workloads but these. */
    void keepWorkloads(Set<String> keys, Instant now) {
        last.values().stream()
                .filter(fact -> fact instanceof WorkloadFact && !keys.contains(fact.key()))
                .map(fact -> ((WorkloadFact) fact).workload())
                .collect(Collectors.toSet())
                .forEach(gone -> takeBack(new WorkloadTombstone(gone), now));
    }

    /** Says everything again, policies before workloads. */
    void repeatAll(Instant now) {
        last.values().stream().filter(PolicyFact.class::isInstance).toList().forEach(fact -> repeat(fact, now));
        last.values().stream().filter(WorkloadFact.class::isInstance).toList().forEach(fact -> repeat(fact, now));
    }

    /** Says nothing more about these keys. */
    void drop(Predicate<String> key) {
        last.keySet().removeIf(key);
        log.drop(key);
    }
}
