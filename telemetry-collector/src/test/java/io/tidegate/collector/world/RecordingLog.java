package io.tidegate.collector.world;

import io.tidegate.contracts.fact.Fact;
import io.tidegate.contracts.fact.SampleFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Keeps what is published. */
final class RecordingLog implements FactLog {

    final List<Fact> facts = new ArrayList<>();
    final List<SampleFact> samples = new ArrayList<>();
    final List<Integer> ticks = new ArrayList<>();
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    @Override
    public CompletionStage<Void> publish(Fact fact, Instant observedAt) {
        facts.add(fact);
        CompletableFuture<Void> done = new CompletableFuture<>();
        open.add(done);
        return done;
    }

    @Override
    public void publish(SampleFact sample, Instant observedAt) {
        samples.add(sample);
    }

    @Override
    public void tick(int shard, Instant now) {
        ticks.add(shard);
    }

    @Override
    public void drop(Predicate<String> key) {
        facts.removeIf(fact -> key.test(fact.key()));
    }

    /** Tells that all of it is in the log. */
    void acknowledge() {
        open.forEach(done -> done.complete(null));
    }
}
