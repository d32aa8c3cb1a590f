package io.tidegate.collector.world;

import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.shard.PublishedBefore;
import io.tidegate.collector.shard.ShardListener;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings together what is observed and which shards are owned: publishes what changed, tombstones what is gone, and says which
 * targets and signals are watched. All of it runs on one loop.
 */
public final class World implements ClusterListener, ShardListener {

    private static final Logger LOG = Logger.getLogger(World.class);
    private static final Duration LEARN_AGAIN = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final InstantSource clock;
    private final Ports ports;
    private final Intervals intervals;
    private final CollectorMetrics metrics;
    private final String cluster;
    private final Shards shards;
    private final Publication publication;
    private final Inventory inventory = new Inventory();
    /** Shards that were learnt before the cluster was listed. */
    private final List<Runnable> untilListed = new ArrayList<>();

    private Map<SignalKey, String> failures = Map.of();
    private boolean listed;
    private boolean planned;
    private volatile Status status = new Status(false, 0, 0, 0);

    /**
     * How far things are, for health and metrics.
     *
     * @param listed whether policies and connections are known
     * @param policies policies there are
     * @param owned shards assigned to this instance
     * @param sampled shards of these that are taken over
     */
    public record Status(boolean listed, int policies, int owned, int sampled) {}

    /**
     * How often what is repeated is repeated.
     *
     * @param keyframe from one repetition of all policies and workloads to the next
     * @param tick from one tick to the next
     * @param heartbeat from one repetition of an unchanged failure to the next
     */
    public record Intervals(Duration keyframe, Duration tick, Duration heartbeat) {}

    /**
     * What the world talks to.
     *
     * @param log where facts go
     * @param targets watches scale targets
     * @param signals takes the lag signals to sample
     * @param history reads what was published of shards before
     */
    public record Ports(
            FactLog log,
            Targets targets,
            Consumer<Collection<LagSignal>> signals,
            Function<Set<Integer>, CompletionStage<PublishedBefore>> history) {}

    /**
     * @param cluster name of the Kubernetes cluster; only what is of it is ever tombstoned
     * @param partitions partitions of all topics, the number of shards
     */
    public World(
            EventLoop loop,
            InstantSource clock,
            Ports ports,
            Intervals intervals,
            CollectorMetrics metrics,
            String cluster,
            int partitions) {
        this.loop = loop;
        this.clock = clock;
        this.ports = ports;
        this.intervals = intervals;
        this.metrics = metrics;
        this.cluster = cluster;
        this.shards = new Shards(partitions);
        this.publication = new Publication(ports.log());
    }

    /** Starts ticks and keyframes. */
    public void start() {
        loop.after(intervals.tick(), this::tick);
        loop.after(intervals.keyframe(), this::keyframe);
        loop.after(intervals.heartbeat(), this::repeatFailures);
    }

    public Status status() {
        return status;
    }

    @Override
    public void policy(PolicyFact policy, Instant observedAt) {
        loop.execute(() -> {
            inventory.refused.remove(policy.policy());
            inventory.policies.put(policy.policy(), policy);
            if (shards.publishes(policy.key())) {
                publication.say(policy, observedAt);
            }
            plan();
        });
    }

    @Override
    public void policyRefused(PolicyId policy, String reason) {
        metrics.refusedSpec();
        LOG.warnf("the spec of %s can't be used, and the last good one stays: %s", policy, reason);
        loop.execute(() -> inventory.refused.add(policy));
    }

    @Override
    public void policyGone(PolicyId policy) {
        loop.execute(() -> {
            inventory.refused.remove(policy);
            if (inventory.policies.remove(policy) != null && publication.hasSaid(policy.toString())) {
                publication.takeBack(new PolicyTombstone(policy), clock.instant());
            }
            plan();
        });
    }

    @Override
    public void connection(ConnectionId connection, String bootstrapServers) {
        loop.execute(() -> {
            inventory.connections.put(connection, bootstrapServers);
            plan();
        });
    }

    @Override
    public void connectionGone(ConnectionId connection) {
        loop.execute(() -> {
            inventory.connections.remove(connection);
            plan();
        });
    }

    @Override
    public void listed() {
        loop.execute(() -> {
            listed = true;
            untilListed.forEach(loop::execute);
            untilListed.clear();
            plan();
        });
    }

    @Override
    public void workload(WorkloadFact workload, Instant observedAt) {
        loop.execute(() -> {
            boolean first = inventory.workloads.put(workload.workload(), workload) == null;
            if (shards.publishes(workload.key())) {
                publication.say(workload, observedAt);
            }
            if (first) {
                plan();
            }
        });
    }

    @Override
    public void usage(WorkloadId workload, Reading.Usage usage, Instant observedAt) {
        loop.execute(() -> {
            if (shards.samples(workload.toString())) {
                metrics.sampled(usage);
                ports.log().publish(new SampleFact(workload, "usage", usage), observedAt);
            }
        });
    }

    @Override
    public void assigned(Set<Integer> assigned) {
        loop.execute(() -> {
            LOG.infof("shards assigned: %s", assigned);
            int epoch = shards.assign(assigned);
            plan();
            learn(assigned, epoch);
        });
    }

    @Override
    public void revoked(Set<Integer> revoked) {
        loop.execute(() -> {
            LOG.infof("shards revoked: %s", revoked);
            shards.revoke(revoked);
            publication.drop(key -> revoked.contains(shards.of(key)));
            planNow();
        });
    }

    private void learn(Set<Integer> assigned, int epoch) {
        Set<Integer> still = shards.advance(assigned, epoch, Shards.State.LEARNING);
        if (still.isEmpty()) {
            return;
        }
        var unused = ports.history()
                .apply(still)
                .whenComplete((before, failure) -> loop.execute(() -> {
                    if (failure != null) {
                        LOG.warnf("what was published of shards %s can't be read yet: %s", still, failure.getMessage());
                        loop.after(LEARN_AGAIN, () -> learn(still, epoch));
                    } else if (listed) {
                        takeOver(still, epoch, before);
                    } else {
                        untilListed.add(() -> takeOver(still, epoch, before));
                    }
                }));
    }

    /** Takes back what is gone, then says what there is, then samples. */
    private void takeOver(Set<Integer> learnt, int epoch, PublishedBefore before) {
        Set<Integer> still = shards.advance(learnt, epoch, Shards.State.PUBLISHING);
        Instant now = clock.instant();
        before.policies().forEach((id, policy) -> {
            if (inventory.refused.contains(id)) {
                inventory.policies.putIfAbsent(id, policy);
            }
        });
        List<CompletionStage<?>> said = new ArrayList<>();
        before.policyIds().stream()
                .filter(id -> isOurs(id.cluster(), id.toString(), still) && !inventory.isThere(id))
                .forEach(id -> said.add(publication.takeBack(new PolicyTombstone(id), now)));
        Set<WorkloadId> wanted = inventory.winners().keySet();
        before.workloads().stream()
                .filter(id -> isOurs(id.cluster(), id.toString(), still) && !wanted.contains(id))
                .forEach(id -> said.add(publication.takeBack(new WorkloadTombstone(id), now)));
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
                    plan();
                }));
    }

    private boolean isOurs(String itsCluster, String key, Set<Integer> taken) {
        return itsCluster.equals(cluster) && taken.contains(shards.of(key));
    }

    /** Plans once for all changes that are already known. */
    private void plan() {
        if (!planned) {
            planned = true;
            loop.execute(this::planNow);
        }
    }

    private void planNow() {
        planned = false;
        Set<Integer> mine = shards.all();
        Map<WorkloadId, PolicyFact> winners = inventory.winners();
        winners.keySet().removeIf(workload -> !mine.contains(shards.of(workload.toString())));
        if (listed) {
            publication.keepWorkloads(
                    winners.keySet().stream().map(WorkloadId::toString).collect(Collectors.toSet()), clock.instant());
        }
        inventory.workloads.keySet().retainAll(winners.keySet());
        ports.targets()
                .watch(winners.values().stream()
                        .map(policy -> new Target(
                                policy.workload(),
                                policy.spec().scaleTargetRef().apiVersion()))
                        .collect(Collectors.toUnmodifiableSet()));
        List<PolicyFact> sampled = winners.values().stream()
                .filter(policy -> shards.samples(policy.workload().toString()))
                .filter(policy -> inventory.workloads.containsKey(policy.workload()))
                .toList();
        SignalPlan plan = SignalPlan.of(sampled, inventory.connections);
        ports.signals().accept(plan.signals().values());
        Set<SignalKey> newlyFailing = new HashSet<>(plan.failures().keySet());
        newlyFailing.removeAll(failures.keySet());
        failures = Map.copyOf(plan.failures());
        newlyFailing.forEach(this::sayFailure);
        status = new Status(
                listed, inventory.policies.size(), mine.size(), shards.sampled().size());
    }

    private void sayFailure(SignalKey key) {
        String words = failures.get(key);
        if (words != null) {
            Reading.Failed reading = new Reading.Failed(words);
            metrics.failed(CollectorMetrics.Failure.MISSING);
            metrics.sampled(reading);
            ports.log().publish(new SampleFact(key.workload(), key.signal(), reading), clock.instant());
        }
    }

    private void repeatFailures() {
        loop.after(intervals.heartbeat(), this::repeatFailures);
        failures.keySet().forEach(this::sayFailure);
    }

    private void tick() {
        loop.after(intervals.tick(), this::tick);
        Instant now = clock.instant();
        shards.sampled().forEach(shard -> ports.log().tick(shard, now));
    }

    private void keyframe() {
        loop.after(intervals.keyframe(), this::keyframe);
        publication.repeatAll(clock.instant());
    }
}
