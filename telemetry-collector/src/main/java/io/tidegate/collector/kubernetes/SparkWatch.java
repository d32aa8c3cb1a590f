package io.tidegate.collector.kubernetes;

import io.tidegate.collector.loop.EventLoop;
import io.tidegate.collector.sender.Sender;
import io.tidegate.collector.spark.DriverDirectory;
import io.tidegate.collector.spark.PolledDriver;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.SparkTarget;
import io.tidegate.collector.world.SparkTargets;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Watches Spark applications: which driver pod each has at the moment, what the plugin in it answers, and its executor pods. What pods do
 * is told together after 30 ms. Runs on the loop, but for {@link #find}.
 */
final class SparkWatch implements SparkTargets, DriverDirectory, RunObjects.Listener {

    private static final Logger LOG = Logger.getLogger(SparkWatch.class);
    private static final Duration TOGETHER = Duration.ofMillis(30);

    private final PodIndex pods;
    private final RunObjects runs;
    private final ClusterListener listener;
    private final EventLoop loop;
    private final InstantSource clock;
    private final Consumer<Set<PolledDriver>> polling;
    private final Map<String, Map<WorkloadId, WatchedApplication>> byNamespace = new HashMap<>();
    /** The drivers of each namespace, replaced as a whole. */
    private final Map<String, Map<Sender, Driver>> drivers = new ConcurrentHashMap<>();

    private final Set<String> namespacesChanged = new HashSet<>();
    private final Set<AppKey> appsChanged = new HashSet<>();
    private Set<SparkTarget> targets = Set.of();
    private boolean podsListed;
    private boolean due;
    private Set<PolledDriver> polled = Set.of();

    private record AppKey(String namespace, String appId) {}

    /**
     * What applications are known by.
     *
     * @param runs the objects of the operators
     */
    record Sources(PodIndex pods, RunObjects runs) {}

    /**
     * @param polling is told which drivers have to be asked
     */
    SparkWatch(
            Sources sources,
            ClusterListener listener,
            EventLoop loop,
            InstantSource clock,
            Consumer<Set<PolledDriver>> polling) {
        this.pods = sources.pods();
        this.runs = sources.runs();
        this.listener = listener;
        this.loop = loop;
        this.clock = clock;
        this.polling = polling;
    }

    @Override
    public void watchApplications(Set<SparkTarget> wanted) {
        loop.execute(() -> assign(wanted));
    }

    @Override
    public Optional<Driver> find(Sender sender) {
        return Optional.ofNullable(
                drivers.getOrDefault(sender.namespace(), Map.of()).get(sender));
    }

    /** All pods there are have been told. */
    void podsListed() {
        podsListed = true;
        namespacesChanged.addAll(byNamespace.keySet());
        look();
    }

    /** A pod with these labels, before and after, changed. */
    void podChanged(String namespace, Collection<Map<String, String>> labels) {
        if (!byNamespace.containsKey(namespace)) {
            return;
        }
        for (Map<String, String> each : labels) {
            String appId = SparkLabels.appId(each);
            if (SparkLabels.isDriver(each)) {
                namespacesChanged.add(namespace);
            } else if (SparkLabels.isExecutor(each) && appId != null) {
                appsChanged.add(new AppKey(namespace, appId));
            }
        }
        lookSoon();
    }

    @Override
    public void runsChanged(String namespace) {
        if (byNamespace.containsKey(namespace)) {
            namespacesChanged.add(namespace);
            lookSoon();
        }
    }

    @Override
    public void runsChanged() {
        namespacesChanged.addAll(byNamespace.keySet());
        lookSoon();
    }

    /** Notices that the API server answers again. */
    void check() {
        runs.check();
    }

    private void lookSoon() {
        if (!due && !(namespacesChanged.isEmpty() && appsChanged.isEmpty())) {
            due = true;
            loop.after(TOGETHER, this::look);
        }
    }

    private void assign(Set<SparkTarget> wanted) {
        if (wanted.equals(targets)) {
            return;
        }
        targets = Set.copyOf(wanted);
        Map<String, List<SparkTarget>> wantedByNamespace = wanted.stream()
                .collect(Collectors.groupingBy(target -> target.workload().namespace()));
        byNamespace.keySet().removeIf(namespace -> {
            boolean unused = !wantedByNamespace.containsKey(namespace);
            if (unused) {
                drivers.remove(namespace);
            }
            return unused;
        });
        wantedByNamespace.forEach((namespace, own) -> {
            Map<WorkloadId, WatchedApplication> applications =
                    byNamespace.computeIfAbsent(namespace, first -> new HashMap<>());
            applications
                    .keySet()
                    .retainAll(own.stream().map(SparkTarget::workload).toList());
            own.forEach(target -> applications
                    .computeIfAbsent(target.workload(), first -> new WatchedApplication(target))
                    .wanted(target));
            namespacesChanged.add(namespace);
        });
        runs.watch(
                wanted.stream()
                        .flatMap(target -> Optional.ofNullable(target.object()).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                this);
        look();
    }

    private void look() {
        due = false;
        if (!podsListed) {
            return;
        }
        namespacesChanged.forEach(this::match);
        byNamespace.forEach((namespace, applications) -> applications.values().forEach(application -> {
            String appId = application.appId();
            if (namespacesChanged.contains(namespace)
                    || (appId != null && appsChanged.contains(new AppKey(namespace, appId)))) {
                tell(application);
            }
        }));
        namespacesChanged.clear();
        appsChanged.clear();
        poll();
    }

    private void match(String namespace) {
        Collection<WatchedApplication> applications =
                byNamespace.getOrDefault(namespace, Map.of()).values();
        applications.forEach(application -> application.look(runs));
        Map<WorkloadId, SparkDrivers.Match> matches = SparkDrivers.match(
                pods.drivers(namespace),
                applications.stream().map(WatchedApplication::target).toList());
        applications.forEach(application ->
                application.matched(matches.getOrDefault(application.target().workload(), SparkDrivers.Match.NONE)));
        drivers.put(
                namespace,
                applications.stream()
                        .flatMap(application -> application.driver().stream())
                        .collect(Collectors.toUnmodifiableMap(
                                entry -> new Sender(
                                        namespace,
                                        entry.getKey().name(),
                                        entry.getKey().uid()),
                                Map.Entry::getValue)));
    }

    private void tell(WatchedApplication application) {
        if (!application.target().told() || !application.isKnown()) {
            return;
        }
        WorkloadFact fact = application.news(pods);
        if (fact != null) {
            LOG.debugf("application: %s", fact);
            listener.workload(fact, clock.instant());
        }
    }

    private void poll() {
        Set<PolledDriver> asked = byNamespace.values().stream()
                .flatMap(applications -> applications.values().stream())
                .flatMap(application -> application.polled().stream())
                .collect(Collectors.toUnmodifiableSet());
        if (!asked.equals(polled)) {
            polled = asked;
            polling.accept(asked);
        }
    }
}
