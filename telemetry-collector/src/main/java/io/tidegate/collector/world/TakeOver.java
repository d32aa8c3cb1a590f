package io.tidegate.collector.world;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.shard.PublishedBefore;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Takes shards over: learns what was published of them before, takes back what is gone, says what there is, and lets samples
 * begin once all of that is in the log. Runs on the world's loop; a shard that is revoked meanwhile is left alone.
 */
final class TakeOver {

    private static final Logger LOG = Logger.getLogger(TakeOver.class);
    private static final Duration LEARN_AGAIN = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final InstantSource clock;
    private final String cluster;
    private final Function<Set<Integer>, CompletionStage<PublishedBefore>> history;
    private final Shards shards;
    private final Publication publication;
    private final Inventory inventory;
    private final Runnable onSampling;
    /** Shards that were learnt before the cluster was listed. */
    private final List<Runnable> untilListed = new ArrayList<>();

    private boolean listed;

    /** What is taken over into. */
    record Holdings(Shards shards, Publication publication, Inventory inventory) {}

    TakeOver(
            Surroundings surroundings,
            String cluster,
            Function<Set<Integer>, CompletionStage<PublishedBefore>> history,
            Holdings holdings,
            Runnable onSampling) {
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.cluster = cluster;
        this.history = history;
        this.shards = holdings.shards();
        this.publication = holdings.publication();
        this.inventory = holdings.inventory();
        this.onSampling = onSampling;
    }

    void begin(Set<Integer> assigned) {
        learn(assigned, shards.assign(assigned));
    }

    /** The inventory holds all policies there are. */
    void listed() {
        listed = true;
        untilListed.forEach(loop::execute);
        untilListed.clear();
    }

    private void learn(Set<Integer> assigned, int epoch) {
        Set<Integer> still = shards.advance(assigned, epoch, Shards.State.LEARNING);
        if (still.isEmpty()) {
            return;
        }
        var unused = history.apply(still)
                .whenComplete((before, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        LOG.warnf("what was published of shards %s can't be read yet: %s", still, failure.getMessage());
                        loop.after(LEARN_AGAIN, () -> learn(still, epoch));
                    } else if (listed) {
                        say(still, epoch, before);
                    } else {
                        untilListed.add(() -> say(still, epoch, before));
                    }
                }));
    }

    private void say(Set<Integer> learnt, int epoch, PublishedBefore before) {
        Set<Integer> still = shards.advance(learnt, epoch, Shards.State.PUBLISHING);
        before.policies().values().forEach(inventory::restore);
        List<CompletionStage<?>> said = new ArrayList<>(takeBack(before, still));
        Instant now = clock.instant();
        inventory.policies.values().stream()
                .filter(policy -> still.contains(shards.of(policy.key())))
                .forEach(policy -> said.add(publication.repeat(policy, now)));
        inventory.workloads.values().stream()
                .filter(workload -> still.contains(shards.of(workload.key())))
                .forEach(workload -> said.add(publication.repeat(workload, now)));
        var unused = CompletableFuture.allOf(
                        said.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .thenRun(() -> loop.execute(() -> {
                    Set<Integer> sampled = shards.advance(still, epoch, Shards.State.SAMPLING);
                    LOG.infof("shards taken over: %s", sampled);
                    onSampling.run();
                }));
    }

    private List<CompletionStage<?>> takeBack(PublishedBefore before, Set<Integer> taken) {
        Instant now = clock.instant();
        List<CompletionStage<?>> said = new ArrayList<>();
        before.policyIds().stream()
                .filter(id -> isOurs(id.cluster(), id.toString(), taken) && !inventory.isThere(id))
                .forEach(id -> said.add(publication.takeBack(new PolicyTombstone(id), now)));
        Set<WorkloadId> wanted = inventory.winners().keySet();
        before.workloads().stream()
                .filter(id -> isOurs(id.cluster(), id.toString(), taken) && !wanted.contains(id))
                .forEach(id -> said.add(publication.takeBack(new WorkloadTombstone(id), now)));
        return said;
    }

    private boolean isOurs(String itsCluster, String key, Set<Integer> taken) {
        return itsCluster.equals(cluster) && taken.contains(shards.of(key));
    }
}
