package io.tidegate.collector.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidegate.collector.lag.LagSignal;
import io.tidegate.collector.lag.SignalKey;
import io.tidegate.collector.loop.ManualLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.prometheus.QuerySignal;
import io.tidegate.collector.shard.PublishedBefore;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.fact.PolicyTombstone;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.SampleFact;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadTombstone;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.DriverSelector;
import io.tidegate.contracts.policy.ExecutorBounds;
import io.tidegate.contracts.policy.KafkaSignal;
import io.tidegate.contracts.policy.KafkaSignal.NoCommittedOffset;
import io.tidegate.contracts.policy.KafkaSignal.Wake;
import io.tidegate.contracts.policy.PolicySpec;
import io.tidegate.contracts.policy.PrometheusSignal;
import io.tidegate.contracts.policy.ResourceSignal;
import io.tidegate.contracts.policy.ScaleTargetRef;
import io.tidegate.contracts.policy.SignalSpec;
import io.tidegate.contracts.policy.SpecProblem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorldTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int PARTITIONS = 3;
    private static final Set<Integer> ALL =
            IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toUnmodifiableSet());
    private static final ConnectionId CONNECTION = new ConnectionId("sales", "kafka");
    private static final Endpoint KAFKA = new Endpoint.Kafka("k:9092");
    private static final PolicyId ORDERS_POLICY = new PolicyId("default", "sales", "orders");
    private static final PolicyId GONE_POLICY = new PolicyId("default", "sales", "gone");
    private static final WorkloadId ORDERS = new WorkloadId("default", "sales", "Deployment", "orders");
    private static final WorkloadId GONE = new WorkloadId("default", "sales", "Deployment", "gone");

    private static final SpecProblem BAD = new SpecProblem(SpecProblem.INVALID_SPEC, "bad");

    private final ManualLoop loop = new ManualLoop();
    private final RecordingLog log = new RecordingLog();
    private final List<Target> targets = new ArrayList<>();
    private final List<SparkTarget> applications = new ArrayList<>();
    private final List<LagSignal> signals = new ArrayList<>();
    private final List<QuerySignal> queries = new ArrayList<>();
    private final List<CompletableFuture<PublishedBefore>> learning = new ArrayList<>();
    private final World world = new World(
            new Surroundings(loop, () -> NOW, new CollectorMetrics(new SimpleMeterRegistry())),
            new Ports(
                    log,
                    wanted -> replace(targets, wanted),
                    wanted -> replace(applications, wanted),
                    wanted -> replace(signals, wanted),
                    wanted -> replace(queries, wanted),
                    shards -> {
                        CompletableFuture<PublishedBefore> answer = new CompletableFuture<>();
                        learning.add(answer);
                        return answer;
                    }),
            new World.Settings(
                    "default",
                    PARTITIONS,
                    new Intervals(Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(30))));

    @Test
    void publishesNothingBeforeItOwnsAShard() {
        observe(policy(1));
        assertEquals(List.of(), log.facts);
        assertEquals(List.of(), targets);
    }

    @Test
    void publishesNothingBeforeItKnowsWhatWasPublishedBefore() {
        observe(policy(1));
        assign();
        assertEquals(List.of(), log.facts);
        assertEquals(List.of(new Target(ORDERS, "apps/v1")), targets, "targets are watched early");
    }

    @Test
    void takesBackWhatIsGoneThenSaysWhatThereIsThenSamples() {
        observe(policy(1));
        assign();
        world.workload(fact(0), NOW);
        learn(before(Set.of(GONE_POLICY, ORDERS_POLICY), Set.of(GONE, ORDERS)));
        assertEquals(
                List.of(new PolicyTombstone(GONE_POLICY), new WorkloadTombstone(GONE), policy(1), fact(0)), log.facts);
        assertEquals(List.of(), signals, "not before all of that is in the log");
        log.acknowledge();
        loop.settle();
        assertEquals(List.of("orders"), signalNames());
    }

    @Test
    void waitsForTheListOfPoliciesBeforeItTakesAnythingBack() {
        assign();
        learn(before(Set.of(ORDERS_POLICY), Set.of(ORDERS)));
        assertEquals(List.of(), log.facts);
        observe(policy(1));
        assertEquals(List.of(policy(1)), log.facts);
    }

    @Test
    void takesNothingBackOfAnotherCluster() {
        world.listed();
        assign();
        learn(before(
                Set.of(new PolicyId("other", "sales", "x")),
                Set.of(new WorkloadId("other", "sales", "Deployment", "x"))));
        assertEquals(List.of(), log.facts);
    }

    @Test
    void publishesEachChangeOnce() {
        running();
        world.policy(policy(1), NOW);
        world.policy(policy(1), NOW);
        world.policy(policy(2), NOW);
        loop.settle();
        world.workload(fact(0), NOW);
        world.workload(fact(0), NOW);
        world.workload(fact(3), NOW);
        loop.settle();
        assertEquals(List.of(policy(1), policy(2), fact(0), fact(3)), log.facts);
    }

    @Test
    void takesPolicyAndWorkloadBackWhenThePolicyIsDeleted() {
        runningWithOrders();
        log.facts.clear();
        world.policyGone(ORDERS_POLICY);
        loop.settle();
        assertEquals(List.of(new PolicyTombstone(ORDERS_POLICY), new WorkloadTombstone(ORDERS)), log.facts);
        assertEquals(List.of(), targets);
        assertEquals(List.of(), signals);
    }

    @Test
    void samplesForTheOlderOfTwoPolicies() {
        running();
        world.policy(policy("b-younger", 1, NOW), NOW);
        world.policy(policy("a-older", 1, NOW.minusSeconds(60)), NOW);
        loop.settle();
        world.workload(fact(0), NOW);
        loop.settle();
        assertEquals(List.of("a-older"), signalNames());
    }

    @Test
    void keepsTheLastGoodSpecAndSaysWhy() {
        runningWithOrders();
        refuse(withoutRules(2));
        assertEquals(List.of(policy(1), fact(0), policy(1).withProblem(BAD)), log.facts);
        assertEquals(List.of("orders"), signalNames());
        world.policy(policy(3), NOW);
        loop.settle();
        assertEquals(policy(3), log.facts.getLast());
    }

    @Test
    void tellsAPolicyThatNeverWasGoodWithoutRules() {
        running();
        refuse(withoutRules(1));
        assertEquals(List.of(withoutRules(1).withProblem(BAD)), log.facts);
        assertEquals(List.of(), signalNames());
    }

    @Test
    void keepsNoSpecOfAnotherPolicyThatHadItsName() {
        runningWithOrders();
        PolicyFact other = withoutRules(1);
        PolicyFact reborn = new PolicyFact(
                other.policy(), "uid-2", 1, other.createdAt(), other.workload(), other.spec(), null, null);
        refuse(reborn);
        assertEquals(reborn.withProblem(BAD), log.facts.getLast());
    }

    @Test
    void keepsTheLastGoodSpecOfAPolicyOfWhichNotEvenTheTargetCanBeRead() {
        runningWithOrders();
        world.policyRefused(ORDERS_POLICY, Optional.empty(), BAD, NOW);
        loop.settle();
        assertEquals(List.of(policy(1), fact(0), policy(1).withProblem(BAD)), log.facts);
    }

    @Test
    void takesTheLastGoodSpecFromTheLogAfterARestart() {
        world.policyRefused(ORDERS_POLICY, Optional.of(withoutRules(2)), BAD, NOW);
        world.listed();
        assign();
        learn(new PublishedBefore(Map.of(ORDERS_POLICY, policy(1)), Set.of(ORDERS_POLICY), Set.of(ORDERS)));
        assertEquals(List.of(policy(1).withProblem(BAD)), log.facts);
        log.acknowledge();
        loop.settle();
        assertEquals(List.of(new Target(ORDERS, "apps/v1")), targets);
    }

    @Test
    void asksAQueryOfThePrometheusThatItsConnectionNames() {
        running();
        world.policy(queried(1), NOW);
        world.workload(fact(0), NOW);
        loop.settle();
        SampleFact failed = new SampleFact(
                ORDERS,
                "queued",
                new Reading.Failed("the Connection prom does not exist in namespace sales, or names no Prometheus"));
        assertEquals(List.of(failed), log.samples);
        ConnectionId prom = new ConnectionId("sales", "prom");
        world.connection(prom, KAFKA);
        loop.settle();
        assertEquals(List.of(), queries);
        URI url = URI.create("http://prometheus:9090");
        world.connection(prom, new Endpoint.Prometheus(url));
        loop.settle();
        assertEquals(
                List.of(new QuerySignal(new SignalKey(ORDERS, "queued"), url, "sum(queued)", Duration.ofMinutes(2))),
                queries);
    }

    @Test
    void saysWhichConnectionIsMissingAndAgainEachThirtySeconds() {
        running();
        world.connectionGone(CONNECTION);
        world.policy(policy(1), NOW);
        loop.settle();
        world.workload(fact(0), NOW);
        loop.settle();
        SampleFact failed = new SampleFact(
                ORDERS,
                "orders",
                new Reading.Failed(
                        "the Connection kafka does not exist in namespace sales, or names no Kafka cluster"));
        assertEquals(List.of(failed), log.samples);
        loop.advance(Duration.ofSeconds(61));
        assertEquals(List.of(failed, failed, failed), log.samples);
        world.connection(CONNECTION, KAFKA);
        loop.settle();
        assertEquals(List.of("orders"), signalNames());
    }

    @Test
    void measuresOnlyWhatAResourceSignalAsksFor() {
        runningWithOrders();
        assertEquals(List.of(new Target(ORDERS, "apps/v1", false)), targets);
        world.policy(measuring(2), NOW);
        loop.settle();
        assertEquals(List.of(new Target(ORDERS, "apps/v1", true)), targets);
    }

    @Test
    void publishesThePodsOfOwnedShardsUnderTheNameUsage() {
        running();
        world.policy(measuring(1), NOW);
        world.workload(fact(0), NOW);
        loop.settle();
        Reading.Pods none = new Reading.Pods(List.of());
        world.pods(ORDERS, none, NOW);
        loop.settle();
        world.revoked(ALL);
        world.pods(ORDERS, none, NOW);
        loop.settle();
        assertEquals(List.of(new SampleFact(ORDERS, "usage", none)), log.samples);
    }

    @Test
    void ticksEachOwnedShardEachSecond() {
        running();
        loop.advance(Duration.ofSeconds(3));
        assertEquals(3 * PARTITIONS, log.ticks.size());
        assertEquals(ALL, Set.copyOf(log.ticks));
        world.revoked(ALL);
        loop.settle();
        log.ticks.clear();
        loop.advance(Duration.ofSeconds(3));
        assertEquals(List.of(), log.ticks);
    }

    @Test
    void repeatsEverythingAfterTenMinutes() {
        runningWithOrders();
        log.facts.clear();
        loop.advance(Duration.ofMinutes(10));
        assertEquals(List.of(policy(1), fact(0)), log.facts);
    }

    @Test
    void stopsAtOnceWhenShardsAreRevoked() {
        runningWithOrders();
        world.revoked(ALL);
        loop.settle();
        assertEquals(List.of(), signals);
        assertEquals(List.of(), targets);
        assertEquals(List.of(), log.facts, "what waits is dropped, and nothing is taken back");
        world.policy(policy(2), NOW);
        world.policyGone(ORDERS_POLICY);
        loop.settle();
        assertEquals(List.of(), log.facts);
    }

    @Test
    void ignoresWhatIsLearntOfAShardThatWasRevokedMeanwhile() {
        observe(policy(1));
        assign();
        world.revoked(ALL);
        assign();
        learning.getFirst().complete(before(Set.of(GONE_POLICY), Set.of()));
        loop.settle();
        assertEquals(List.of(), log.facts);
    }

    @Test
    void learnsAgainAfterAFailure() {
        observe(policy(1));
        assign();
        learning.getFirst().completeExceptionally(new IllegalStateException("broker gone"));
        loop.advance(Duration.ofSeconds(3));
        learn(before(Set.of(), Set.of()));
        assertEquals(List.of(policy(1)), log.facts);
    }

    /** All shards owned, nothing published before, policies listed, one connection. */
    private void running() {
        world.start();
        world.connection(CONNECTION, KAFKA);
        world.listed();
        assign();
        learn(before(Set.of(), Set.of()));
    }

    private void runningWithOrders() {
        running();
        world.policy(policy(1), NOW);
        loop.settle();
        world.workload(fact(0), NOW);
        loop.settle();
    }

    private void observe(PolicyFact policy) {
        world.policy(policy, NOW);
        world.connection(CONNECTION, KAFKA);
        world.listed();
        loop.settle();
    }

    private void assign() {
        world.assigned(ALL);
        loop.settle();
    }

    private void learn(PublishedBefore before) {
        learning.getLast().complete(before);
        loop.settle();
    }

    private List<String> signalNames() {
        return signals.stream().map(signal -> signal.key().signal()).toList();
    }

    private static <T> void replace(List<T> list, Iterable<? extends T> content) {
        list.clear();
        content.forEach(list::add);
    }

    private static PublishedBefore before(Set<PolicyId> policies, Set<WorkloadId> workloads) {
        return new PublishedBefore(Map.of(), policies, workloads);
    }

    private static WorkloadFact fact(int replicas) {
        return new WorkloadFact(
                ORDERS,
                new WorkloadFact.ScaleResource("apps/v1", "deployments"),
                replicas,
                0,
                PodCounts.NONE,
                null,
                null);
    }

    private void refuse(PolicyFact withoutRules) {
        world.policyRefused(ORDERS_POLICY, Optional.of(withoutRules), BAD, NOW);
        loop.settle();
    }

    private static PolicyFact withoutRules(long generation) {
        return new PolicyFact(
                ORDERS_POLICY,
                "uid",
                generation,
                NOW,
                ORDERS,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", "Deployment", "orders"), null, null, null, null, null, null));
    }

    private static PolicyFact measuring(long generation) {
        ResourceSignal cpu = new ResourceSignal(
                ResourceSignal.ResourceName.cpu, null, 70, null, Duration.ofMinutes(5), Duration.ofSeconds(30));
        return ruledBy(generation, new SignalSpec("cpu", null, cpu, null));
    }

    private static PolicyFact queried(long generation) {
        PrometheusSignal queued = new PrometheusSignal("prom", "sum(queued)", 4_000L, null, 0, Duration.ofMinutes(2));
        return ruledBy(generation, SignalSpec.of("queued", queued));
    }

    private static PolicyFact ruledBy(long generation, SignalSpec signal) {
        PolicyFact policy = policy(generation);
        PolicySpec spec = policy.spec();
        return new PolicyFact(
                policy.policy(),
                policy.uid(),
                generation,
                policy.createdAt(),
                policy.workload(),
                new PolicySpec(spec.scaleTargetRef(), spec.mode(), spec.replicas(), null, List.of(signal), null, null));
    }

    private static PolicyFact policy(long generation) {
        return policy("orders", generation, NOW);
    }

    private static PolicyFact policy(String name, long generation, Instant createdAt) {
        KafkaSignal kafka = new KafkaSignal(
                "kafka", "group", List.of("topic"), 10, 0, NoCommittedOffset.Earliest, null, false, Wake.Fetch);
        return new PolicyFact(
                new PolicyId("default", "sales", name),
                "uid",
                generation,
                createdAt,
                ORDERS,
                new PolicySpec(
                        new ScaleTargetRef("apps/v1", "Deployment", "orders"),
                        null,
                        null,
                        null,
                        List.of(new SignalSpec(name, kafka)),
                        null,
                        null));
    }

    @Test
    void saysWhichDriversThereAreOfAllShardsAndWhichItTellsOf() {
        observe(sparkPolicy());
        assertEquals(List.of(application(false, false)), applications);
        assertEquals(List.of(), targets, "an application has no scale subresource");
        assign();
        assertEquals(List.of(application(true, false)), applications);
        learn(before(Set.of(), Set.of()));
        log.acknowledge();
        loop.settle();
        assertEquals(List.of(application(true, true)), applications);
        world.revoked(ALL);
        loop.settle();
        assertEquals(List.of(application(false, false)), applications);
    }

    @Test
    void knowsTheDriversOfBothOperatorsByTheirLabels() {
        assertEquals(
                Map.of("sparkoperator.k8s.io/app-name", "daily"),
                SparkTarget.of(operated("sparkoperator.k8s.io/v1beta2"), true, true)
                        .labels());
        assertEquals(
                Map.of("spark.operator/spark-app-name", "daily"),
                SparkTarget.of(operated("spark.apache.org/v1"), true, true).labels());
        SparkTarget recurring = SparkTarget.of(
                sparkPolicy(
                        new WorkloadId("default", "sales", "ScheduledSparkApplication", "nightly"),
                        new ScaleTargetRef("sparkoperator.k8s.io/v1beta2", "ScheduledSparkApplication", "nightly"),
                        null),
                true,
                true);
        assertEquals(Map.of(), recurring.labels(), "it is not known yet which run is its last");
        assertEquals(
                Map.of("sparkoperator.k8s.io/app-name", "nightly-17"),
                recurring.running("nightly-17").labels());
    }

    @Test
    void publishesWhatADriverSendsOnceItsShardIsTakenOverOrIfItIsAnothers() {
        observe(sparkPolicy());
        world.application(NIGHTLY, READING, NOW);
        loop.settle();
        assertEquals(List.of(new SampleFact(NIGHTLY, SampleFact.SPARK, READING)), log.samples, "another's shard");
        assign();
        world.application(NIGHTLY, READING, NOW);
        learn(before(Set.of(), Set.of()));
        assertEquals(1, log.samples.size(), "policies and workloads come first");
        log.acknowledge();
        loop.settle();
        world.application(NIGHTLY, READING, NOW);
        loop.settle();
        assertEquals(2, log.samples.size());
    }

    private static final WorkloadId NIGHTLY = new WorkloadId("default", "sales", "SparkDriver", "nightly");
    private static final Reading READING = new Reading.Failed("no answer");

    private static SparkTarget application(boolean told, boolean sampled) {
        return new SparkTarget(
                NIGHTLY, Map.of("pipeline", "nightly"), new Seniority(Instant.EPOCH, "nightly"), told, sampled);
    }

    private static PolicyFact sparkPolicy() {
        return sparkPolicy(NIGHTLY, null, new DriverSelector(Map.of("pipeline", "nightly")));
    }

    private static PolicyFact operated(String apiVersion) {
        return sparkPolicy(
                new WorkloadId("default", "sales", "SparkApplication", "daily"),
                new ScaleTargetRef(apiVersion, "SparkApplication", "daily"),
                null);
    }

    private static PolicyFact sparkPolicy(
            WorkloadId workload, @Nullable ScaleTargetRef target, @Nullable DriverSelector selector) {
        return new PolicyFact(
                new PolicyId("default", "sales", "nightly"),
                "uid",
                1,
                Instant.EPOCH,
                workload,
                new PolicySpec(
                        target, selector, null, null, new ExecutorBounds(2, 80), null, null, null, null, null, null),
                null,
                null);
    }
}
