package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.policy.ScaleTargetRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches the objects that the Spark operators make runs of, as far as policies name their kinds. Runs on the loop. */
final class RunWatch implements RunObjects, KindWatch.Listener {

    private final KindWatch.Access access;
    private final Map<KindId, KindWatch> kinds = new HashMap<>();
    private final Map<KindId, Map<String, RunObject>> seen = new HashMap<>();
    private @Nullable Listener listener;

    private record KindId(String apiVersion, String kind) {}

    RunWatch(KindWatch.Access access) {
        this.access = access;
    }

    @Override
    public void watch(Set<ScaleTargetRef> objects, Listener told) {
        listener = told;
        Set<KindId> wanted = objects.stream().map(RunWatch::id).collect(Collectors.toUnmodifiableSet());
        kinds.entrySet().removeIf(entry -> {
            boolean unused = !wanted.contains(entry.getKey());
            if (unused) {
                entry.getValue().close();
                seen.remove(entry.getKey());
            }
            return unused;
        });
        wanted.forEach(id -> {
            if (!kinds.containsKey(id)) {
                KindWatch kind = new KindWatch(id.apiVersion(), id.kind(), KindWatch.Use.RUNS, access, this);
                kinds.put(id, kind);
                kind.find();
            }
        });
    }

    @Override
    public Seen see(String namespace, ScaleTargetRef object) {
        KindWatch kind = kinds.get(id(object));
        if (kind == null) {
            return new Seen.Unknown();
        }
        RunObject there = seen.getOrDefault(id(object), Map.of()).get(namespace + "/" + object.name());
        if (there != null && kind.resource().isPresent()) {
            return new Seen.There(kind.resource().get(), there);
        }
        return kind.isMissing() ? new Seen.NoKind() : kind.isListed() ? new Seen.Absent() : new Seen.Unknown();
    }

    @Override
    public void check() {
        kinds.values().forEach(KindWatch::check);
    }

    @Override
    public void changed(KindWatch kind) {
        if (listener != null && isUsed(kind)) {
            listener.runsChanged();
        }
    }

    @Override
    public void changed(KindWatch kind, GenericKubernetesResource object) {
        if (!isUsed(kind)) {
            return;
        }
        String namespace = object.getMetadata().getNamespace();
        RunObject run = RunObject.of(object);
        RunObject before = seen.computeIfAbsent(id(kind), first -> new HashMap<>())
                .put(namespace + "/" + object.getMetadata().getName(), run);
        if (listener != null && !run.equals(before)) {
            listener.runsChanged(namespace);
        }
    }

    @Override
    public void gone(KindWatch kind, String namespace, String name) {
        if (isUsed(kind)) {
            seen.getOrDefault(id(kind), new HashMap<>()).remove(namespace + "/" + name);
            if (listener != null) {
                listener.runsChanged(namespace);
            }
        }
    }

    private boolean isUsed(KindWatch kind) {
        return kinds.get(id(kind)) == kind;
    }

    private static KindId id(KindWatch kind) {
        return new KindId(kind.apiVersion(), kind.kind());
    }

    private static KindId id(ScaleTargetRef object) {
        return new KindId(object.apiVersion(), object.kind());
    }
}
