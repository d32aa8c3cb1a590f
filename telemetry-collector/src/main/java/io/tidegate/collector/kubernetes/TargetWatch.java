package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.collector.world.Target;
import io.tidegate.collector.world.Targets;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.id.WorkloadId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches scale targets and their pods. A change of the size asked for is told at once; what pods do is told together after 30 ms,
 * so that the start of many costs few facts. Runs on the loop.
 */
final class TargetWatch implements Targets, KindWatch.Listener {

    private static final Logger LOG = Logger.getLogger(TargetWatch.class);
    private static final Duration TOGETHER = Duration.ofMillis(30);

    private final KindWatch.Access access;
    private final PodIndex pods;
    private final ClusterListener listener;
    private final InstantSource clock;
    private final Consumer<WorkloadId> onPods;
    private final Map<KindId, KindWatch> kinds = new HashMap<>();
    private final Map<WorkloadId, WatchedTarget> targets = new HashMap<>();
    private final Map<String, Set<WatchedTarget>> byNamespace = new HashMap<>();
    private final Set<WatchedTarget> changed = new LinkedHashSet<>();
    /** Objects of the kinds in use, by namespace and name; those that no policy speaks of may be wanted later. */
    private final Map<KindId, Map<String, GenericKubernetesResource>> seen = new HashMap<>();

    private boolean podsListed;

    private record KindId(String apiVersion, String kind) {}

    /**
     * @param onPods is told of each target whose pods changed, or of which it became known which they are
     */
    TargetWatch(
            KindWatch.Access access,
            PodIndex pods,
            ClusterListener listener,
            InstantSource clock,
            Consumer<WorkloadId> onPods) {
        this.access = access;
        this.pods = pods;
        this.listener = listener;
        this.clock = clock;
        this.onPods = onPods;
    }

    @Override
    public void watch(Set<Target> wanted) {
        access.loop().execute(() -> assign(wanted));
    }

    /** All pods there are have been told. */
    void podsListed() {
        podsListed = true;
        changed.addAll(targets.values());
        tell();
        targets.keySet().forEach(onPods);
    }

    /** A pod with these labels changed. */
    void podChanged(String namespace, Collection<Map<String, String>> labels) {
        for (WatchedTarget target : byNamespace.getOrDefault(namespace, Set.of())) {
            if (labels.stream().anyMatch(target.pods()::matches)) {
                tellSoon(target);
                onPods.accept(target.target().workload());
            }
        }
    }

    /** Notices that the API server answers again. */
    void check() {
        kinds.values().forEach(KindWatch::check);
    }

    /** The pods of a target; empty while it is not known which they are. */
    Optional<List<PodIndex.Pod>> pods(WorkloadId workload) {
        return Optional.ofNullable(targets.get(workload))
                .filter(target -> podsListed && target.isFound())
                .map(target -> pods.pods(workload.namespace(), target.pods()));
    }

    @Override
    public void changed(KindWatch kind) {
        targets.values().stream().filter(target -> isOf(target, kind)).forEach(this::look);
    }

    @Override
    public void changed(KindWatch kind, GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        seen.computeIfAbsent(id(kind), first -> new HashMap<>()).put(namespace + "/" + name, object);
        target(kind, namespace, name).ifPresent(this::look);
    }

    @Override
    public void gone(KindWatch kind, String namespace, String name) {
        seen.getOrDefault(id(kind), new HashMap<>()).remove(namespace + "/" + name);
        target(kind, namespace, name).ifPresent(this::look);
    }

    private static KindId id(KindWatch kind) {
        return new KindId(kind.apiVersion(), kind.kind());
    }

    private static KindId id(Target target) {
        return new KindId(target.apiVersion(), target.workload().kind());
    }

    private static boolean isOf(WatchedTarget target, KindWatch kind) {
        return id(target.target()).equals(id(kind));
    }

    private Optional<WatchedTarget> target(KindWatch kind, String namespace, String name) {
        return Optional.ofNullable(byNamespace.get(namespace)).stream()
                .flatMap(Set::stream)
                .filter(target -> target.target().workload().name().equals(name) && isOf(target, kind))
                .findFirst();
    }

    private void assign(Set<Target> wanted) {
        targets.values().removeIf(target -> {
            boolean gone = !wanted.contains(target.target());
            if (gone) {
                byNamespace.getOrDefault(target.namespace(), new HashSet<>()).remove(target);
                changed.remove(target);
            }
            return gone;
        });
        byNamespace.values().removeIf(Set::isEmpty);
        Set<KindId> used = new HashSet<>();
        wanted.forEach(target -> used.add(id(target)));
        kinds.entrySet().removeIf(entry -> {
            boolean unused = !used.contains(entry.getKey());
            if (unused) {
                entry.getValue().close();
                seen.remove(entry.getKey());
            }
            return unused;
        });
        wanted.forEach(this::add);
    }

    private void add(Target target) {
        if (targets.containsKey(target.workload())) {
            return;
        }
        WatchedTarget added = new WatchedTarget(target);
        targets.put(target.workload(), added);
        byNamespace
                .computeIfAbsent(added.namespace(), namespace -> new LinkedHashSet<>())
                .add(added);
        KindWatch kind = kinds.get(id(target));
        if (kind == null) {
            kind = new KindWatch(target.apiVersion(), target.workload().kind(), KindWatch.Use.SIZES, access, this);
            kinds.put(id(target), kind);
            kind.find();
        } else {
            look(added);
        }
    }

    /** Finds out what a target is like, from what is known or by asking. */
    private void look(WatchedTarget target) {
        KindWatch kind = kinds.get(id(target.target()));
        if (kind == null) {
            return;
        }
        WorkloadId workload = target.target().workload();
        if (kind.isMissing()) {
            missing(
                    target,
                    "the API server has no kind " + workload.kind() + " with a scale subresource in "
                            + target.target().apiVersion());
            return;
        }
        GenericKubernetesResource object =
                seen.getOrDefault(id(kind), Map.of()).get(workload.namespace() + "/" + workload.name());
        if (object == null) {
            if (kind.isListed()) {
                missing(
                        target,
                        workload.kind() + " " + workload.name() + " does not exist in namespace "
                                + workload.namespace());
            }
        } else if (ScaleView.isInObject(kind.apiVersion(), kind.kind())) {
            take(target, object);
        } else {
            kind.resource().ifPresent(resource -> read(target, resource));
        }
    }

    private void take(WatchedTarget target, GenericKubernetesResource object) {
        try {
            found(target, ScaleView.ofObject(target.target().workload().kind(), object));
        } catch (IllegalArgumentException e) {
            missing(target, Objects.toString(e.getMessage()));
        }
    }

    private void read(WatchedTarget target, ScaleResource resource) {
        if (target.reading) {
            target.readAgain = true;
            return;
        }
        target.reading = true;
        WorkloadId workload = target.target().workload();
        access.blocking().execute(() -> {
            @Nullable ScaleView view = null;
            String words = "the scale subresource of " + workload.kind() + " " + workload.name() + " can't be read";
            try {
                view = access.api()
                        .read(resource, workload.namespace(), workload.name())
                        .map(ScaleView::ofScale)
                        .orElse(null);
            } catch (KubernetesClientException | IllegalArgumentException e) {
                words += ": " + e.getMessage();
            }
            @Nullable ScaleView seenView = view;
            String problem = words;
            access.loop().execute(() -> readDone(target, resource, seenView, problem));
        });
    }

    private void readDone(WatchedTarget target, ScaleResource resource, @Nullable ScaleView view, String problem) {
        target.reading = false;
        if (targets.get(target.target().workload()) != target) {
            return;
        }
        if (target.readAgain) {
            target.readAgain = false;
            read(target, resource);
        }
        if (view != null) {
            found(target, view);
        } else {
            missing(target, problem);
            access.loop().after(Duration.ofSeconds(5), () -> look(target));
        }
    }

    private void found(WatchedTarget target, ScaleView view) {
        LabelQuery before = target.pods();
        boolean resized = target.found(view);
        if (!target.pods().equals(before)) {
            onPods.accept(target.target().workload());
        }
        if (resized) {
            tellNow(target);
        } else {
            tellSoon(target);
        }
    }

    private void missing(WatchedTarget target, String words) {
        target.missing(words);
        tellNow(target);
    }

    private void tellSoon(WatchedTarget target) {
        if (changed.isEmpty()) {
            access.loop().after(TOGETHER, this::tell);
        }
        changed.add(target);
    }

    private void tell() {
        List<WatchedTarget> due = List.copyOf(changed);
        changed.clear();
        due.forEach(this::tellNow);
    }

    private void tellNow(WatchedTarget target) {
        if (!podsListed || !target.isKnown()) {
            return;
        }
        KindWatch kind = kinds.get(id(target.target()));
        @Nullable
        WorkloadFact fact = target.news(kind == null ? null : kind.resource().orElse(null), pods);
        if (fact != null) {
            LOG.debugf("target: %s", fact);
            listener.workload(fact, clock.instant());
        }
    }
}
