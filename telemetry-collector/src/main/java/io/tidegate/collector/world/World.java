package io.tidegate.collector.world;

import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.shard.ShardListener;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SpecProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings together what is observed and which shards are owned: publishes what changed, tombstones what is gone, and says which
 * targets and signals are watched. All of it runs on one loop.
 */
public final class World implements ClusterListener, ShardListener {

    private static final Logger LOG = Logger.getLogger(World.class);
    private final EventLoop loop;
    private final InstantSource clock;
    private final Ports ports;
    private final Intervals intervals;
    private final CollectorMetrics metrics;
    private final Shards shards;
    private final Publication publication;
    private final Inventory inventory = new Inventory();
    private final TakeOver takeOver;
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
     * What the world must know.
     *
     * @param cluster name of the Kubernetes cluster; only what is of it is ever tombstoned
     * @param partitions partitions of all topics, the number of shards
     * @param intervals how often what is repeated is repeated
     */
    public record Settings(String cluster, int partitions, Intervals intervals) {}

    public World(Surroundings surroundings, Ports ports, Settings settings) {
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.ports = ports;
        this.intervals = settings.intervals();
        this.shards = new Shards(settings.partitions());
        this.publication = new Publication(ports.log());
        this.takeOver = new TakeOver(
                surroundings,
                settings.cluster(),
                ports.history(),
                new TakeOver.Holdings(shards, publication, inventory),
                this::plan);
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
    public void policyRefused(
            PolicyId policy, Optional<PolicyFact> withoutRules, SpecProblem problem, Instant observedAt) {
        metrics.refusedSpec();
        LOG.warnf("the spec of %s can't be used, and the last good one stays: %s", policy, problem.message());
        loop.execute(() -> {
            inventory
                    .refuse(policy, withoutRules, problem)
                    .filter(fact -> shards.publishes(fact.key()))
                    .ifPresent(fact -> publication.say(fact, observedAt));
            plan();
        });
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
    public void connection(ConnectionId connection, Endpoint endpoint) {
        loop.execute(() -> {
            inventory.connections.put(connection, endpoint);
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
            takeOver.listed();
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
    public void pods(WorkloadId workload, Reading reading, Instant observedAt) {
        loop.execute(() -> {
            if (shards.samples(workload.toString())) {
                metrics.sampled(reading);
                ports.log().publish(new SampleFact(workload, SampleFact.USAGE, reading), observedAt);
            }
        });
    }

    /**
     * Takes what was read of a Spark application. Drivers send to any instance, so that of another's shard is published too; of its own
     * it waits, as all samples do, until the shard is taken over.
     */
    public void application(WorkloadId workload, Reading reading, Instant observedAt) {
        loop.execute(() -> {
            String key = workload.toString();
            if (shards.samples(key) || !shards.owns(key)) {
                metrics.sampled(reading);
                ports.log().publish(new SampleFact(workload, SampleFact.SPARK, reading), observedAt);
            }
        });
    }

    @Override
    public void assigned(Set<Integer> assigned) {
        loop.execute(() -> {
            LOG.infof("shards assigned: %s", assigned);
            takeOver.begin(assigned);
            plan();
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

    /** Plans once for all changes that are already known. */
    private void plan() {
        if (!planned) {
            planned = true;
            loop.execute(this::planNow);
        }
    }

    private void planNow() {
        planned = false;
        Map<WorkloadId, PolicyFact> winners = inventory.winners();
        ports.applications().watchApplications(applications(winners.values()));
        winners.keySet().removeIf(workload -> !shards.owns(workload.toString()));
        if (listed) {
            publication.keepWorkloads(
                    winners.keySet().stream().map(WorkloadId::toString).collect(Collectors.toSet()), clock.instant());
        }
        inventory.workloads.keySet().retainAll(winners.keySet());
        ports.targets().watch(winners.values().stream().flatMap(this::target).collect(Collectors.toUnmodifiableSet()));
        List<PolicyFact> sampled = winners.values().stream()
                .filter(policy -> shards.samples(policy.workload().toString()))
                .filter(policy -> inventory.workloads.containsKey(policy.workload()))
                .toList();
        SignalPlan plan = SignalPlan.of(sampled, inventory.connections);
        ports.lags().accept(plan.lags().values());
        ports.queries().accept(plan.queries().values());
        Set<SignalKey> newlyFailing = new HashSet<>(plan.failures().keySet());
        newlyFailing.removeAll(failures.keySet());
        failures = Map.copyOf(plan.failures());
        newlyFailing.forEach(this::sayFailure);
        status = new Status(
                listed,
                inventory.policies.size(),
                shards.all().size(),
                shards.sampled().size());
    }

    private Set<SparkTarget> applications(Collection<PolicyFact> policies) {
        return policies.stream()
                .filter(policy -> policy.spec().scalesSpark())
                .map(policy -> SparkTarget.of(
                        policy,
                        shards.owns(policy.workload().toString()),
                        shards.samples(policy.workload().toString())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Where a policy's workload is scaled; a Spark application has no scale subresource to watch. */
    private Stream<Target> target(PolicyFact policy) {
        ScaleTargetRef ref = policy.spec().scaleTargetRef();
        return ref == null || policy.spec().scalesSpark()
                ? Stream.empty()
                : Stream.of(new Target(
                        policy.workload(),
                        ref.apiVersion(),
                        shards.samples(policy.workload().toString()) && SignalPlan.asksForUsage(policy)));
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
