package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.spark.DriverDirectory;
import io.tidegate.collector.spark.DriverPolling;
import io.tidegate.collector.spark.ReadingSink;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.collector.world.SparkTargets;
import io.tidegate.collector.world.Target;
import io.tidegate.collector.world.Targets;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that is watched at the API server. */
public final class ClusterWatch implements Targets, SparkTargets, DriverDirectory, AutoCloseable {

    private static final Duration CHECKED_EVERY = Duration.ofSeconds(1);
    private static final Duration PROBED_EVERY = Duration.ofSeconds(5);
    private static final String API_SERVER = "kubernetes";

    private final KubernetesClient client;
    private final EventLoop loop;
    private final Outages outages;
    private final InstantSource clock;
    private final Settings settings;
    private final Scope scope;
    private final PodIndex index = new PodIndex();
    private final ExecutorService blocking = Executors.newFixedThreadPool(
            2, task -> Thread.ofPlatform().name("kubernetes").daemon().unstarted(task));
    /** Of their own, so that a metrics API that hangs holds up no read of a scale subresource. */
    private final ExecutorService metricsReads = Executors.newFixedThreadPool(
            2, task -> Thread.ofPlatform().name("metrics").daemon().unstarted(task));

    /** As many drivers are asked at a time. */
    private final ExecutorService driverReads = Executors.newFixedThreadPool(
            4, task -> Thread.ofPlatform().name("drivers").daemon().unstarted(task));

    private final Surroundings surroundings;
    private volatile @Nullable Watches watches;

    /**
     * What is watched.
     *
     * @param cluster name of the cluster
     * @param namespaces what is watched; none for all
     * @param usagePeriod from one read of the metrics API to the next
     * @param driverPeriod from one read of a Spark driver without the plugin to the next
     */
    public record Settings(String cluster, List<String> namespaces, Duration usagePeriod, Duration driverPeriod) {}

    private record Watches(
            PolicyWatch policies,
            ObjectWatch<GenericKubernetesResource> pods,
            TargetWatch targets,
            SparkWatch applications,
            PodSampling sampling) {}

    public ClusterWatch(KubernetesClient client, Settings settings, Surroundings surroundings, Outages outages) {
        this.client = client;
        this.settings = settings;
        this.scope = new Scope(settings.namespaces());
        this.loop = surroundings.loop();
        this.clock = surroundings.clock();
        this.surroundings = surroundings;
        this.outages = outages;
    }

    /**
     * Starts watching; what is seen goes to the listener.
     *
     * @param readings takes what drivers are asked for
     */
    public void start(ClusterListener listener, ReadingSink readings) {
        loop.execute(() -> {
            KindWatch.Access access =
                    new KindWatch.Access(client, scope, new ScaleApi(client), loop, blocking, outages);
            TargetWatch targets = new TargetWatch(access, index, listener, clock, this::podsChanged);
            PodSampling sampling = new PodSampling(
                    new PodSampling.Sources(new MetricsApi(client)::read, targets::pods),
                    listener,
                    surroundings,
                    new PodSampling.Pace(settings.usagePeriod(), metricsReads));
            DriverPolling polling = DriverPolling.ofRestApi(
                    readings, surroundings, new DriverPolling.Pace(settings.driverPeriod(), driverReads));
            SparkWatch applications = new SparkWatch(
                    new SparkWatch.Sources(index, new RunWatch(access)), listener, loop, clock, polling::poll);
            Pods handler = new Pods(targets, applications);
            ObjectWatch<GenericKubernetesResource> pods = new ObjectWatch<>(
                    "pods", scope.lists(client, "v1", "Pod", "pods"), ClusterWatch::trim, handler, outages);
            var unused = pods.listed()
                    .thenRun(() -> loop.execute(() -> {
                        handler.listing = false;
                        targets.podsListed();
                        applications.podsListed();
                    }));
            PolicyWatch policies = new PolicyWatch(access, settings.cluster(), listener, clock);
            watches = new Watches(policies, pods, targets, applications, sampling);
            loop.after(CHECKED_EVERY, this::check);
            loop.after(PROBED_EVERY, this::probe);
        });
    }

    @Override
    public void watch(Set<Target> targets) {
        Set<Target> unmeasured = targets.stream()
                .map(target -> new Target(target.workload(), target.apiVersion()))
                .collect(Collectors.toUnmodifiableSet());
        Set<WorkloadId> measured =
                targets.stream().filter(Target::measured).map(Target::workload).collect(Collectors.toUnmodifiableSet());
        loop.execute(() -> Optional.ofNullable(watches).ifPresent(all -> {
            all.targets().watch(unmeasured);
            all.sampling().measure(measured);
        }));
    }

    @Override
    public void watchApplications(Set<SparkTarget> applications) {
        loop.execute(() ->
                Optional.ofNullable(watches).ifPresent(all -> all.applications().watchApplications(applications)));
    }

    @Override
    public Optional<Driver> find(Sender sender) {
        return Optional.ofNullable(watches).flatMap(all -> all.applications().find(sender));
    }

    /** How the last read of the metrics API went. */
    public String usageState() {
        Watches all = watches;
        return all == null ? "not read yet" : all.sampling().state();
    }

    @Override
    public void close() {
        loop.execute(() -> Optional.ofNullable(watches).ifPresent(all -> {
            all.policies().close();
            all.pods().close();
        }));
        blocking.shutdownNow();
        metricsReads.shutdownNow();
        driverReads.shutdownNow();
    }

    private void podsChanged(WorkloadId workload) {
        Optional.ofNullable(watches).ifPresent(all -> all.sampling().podsChanged(workload));
    }

    private void check() {
        loop.after(CHECKED_EVERY, this::check);
        Optional.ofNullable(watches).ifPresent(all -> {
            all.policies().check();
            all.pods().check();
            all.targets().check();
            all.applications().check();
        });
    }

    /** Asks the API server whether it is there: an ended watch is opened again without a word, and waits for long in between. */
    private void probe() {
        blocking.execute(() -> {
            try {
                var unused = client.raw("/version");
                outages.end(API_SERVER);
            } catch (KubernetesClientException e) {
                outages.begin(API_SERVER, "no answer: " + e.getMessage());
            }
            loop.after(PROBED_EVERY, this::probe);
        });
    }

    /** Keeps what {@link PodState}, {@link PodDetail}, {@link DriverPod} and selectors read. A pod has no class here: reading all of one costs seconds at start. */
    private static void trim(GenericKubernetesResource pod) {
        pod.getMetadata().setManagedFields(null);
        DriverPod.trim(pod);
        PodDetail.trim(pod);
        if (pod.getAdditionalProperties().get("status") instanceof Map<?, ?> status) {
            status.keySet()
                    .retainAll(
                            SparkLabels.isDriver(pod.getMetadata().getLabels())
                                    ? List.of("phase", "conditions", "startTime", "podIP")
                                    : List.of("phase", "conditions", "startTime"));
        }
    }

    private final class Pods implements ObjectWatch.Handler<GenericKubernetesResource> {
        private final TargetWatch targets;
        private final SparkWatch applications;
        private boolean listing = true;

        Pods(TargetWatch targets, SparkWatch applications) {
            this.targets = targets;
            this.applications = applications;
        }

        @Override
        public void changed(GenericKubernetesResource pod) {
            PodIndex.Digest digest = PodIndex.Digest.of(pod);
            loop.execute(() -> index.put(digest, listing, loop.nanos())
                    .ifPresent(before -> tell(digest.namespace(), List.of(before, digest.labels()))));
        }

        @Override
        public void gone(GenericKubernetesResource pod) {
            String namespace = pod.getMetadata().getNamespace();
            loop.execute(() -> index.remove(namespace, pod.getMetadata().getName())
                    .ifPresent(labels -> tell(namespace, List.of(labels))));
        }

        private void tell(String namespace, List<Map<String, String>> labels) {
            targets.podChanged(namespace, labels);
            applications.podChanged(namespace, labels);
        }
    }
}
