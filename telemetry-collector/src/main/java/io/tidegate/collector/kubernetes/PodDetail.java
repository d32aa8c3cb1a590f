package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.fact.Reading.ContainerReading;
import io.tidegate.contracts.fact.Reading.PodReading;
import io.tidegate.contracts.fact.Reading.PodReading.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod is like, as far as a resource signal needs it. What a pod does not say, or says in a form that can't be read, is absent.
 *
 * @param ready status of its condition Ready; absent if it has none, or one that is neither true nor false
 * @param requests what is requested for the pod as a whole
 * @param containers its containers, restartable init containers included
 */
record PodDetail(
        Phase phase,
        boolean deleted,
        @Nullable Boolean ready,
        @Nullable Instant readyChangedAt,
        @Nullable Instant startedAt,
        Requests requests,
        List<Container> containers) {

    /** As many as contracts take. */
    private static final int MOST_CONTAINERS = 1_000;

    PodDetail {
        containers = List.copyOf(containers);
    }

    /** Requests of a pod or a container; an absent one was not made. */
    record Requests(@Nullable Long cpuMilli, @Nullable Long memoryBytes) {
        static final Requests NONE = new Requests(null, null);

        private static Requests of(Map<?, ?> spec) {
            if (!(map(spec, "resources").get("requests") instanceof Map<?, ?> requests)) {
                return NONE;
            }
            return new Requests(milli(requests.get("cpu")), units(requests.get("memory")));
        }

        private static @Nullable Long milli(@Nullable Object quantity) {
            try {
                return quantity == null ? null : (Long) Quantities.milli(quantity.toString());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static @Nullable Long units(@Nullable Object quantity) {
            try {
                return quantity == null ? null : (Long) Quantities.units(quantity.toString());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** A container and what it requests. */
    record Container(String name, Requests requests) {}

    static PodDetail of(GenericKubernetesResource pod) {
        Map<?, ?> spec = part(pod, "spec");
        Map<?, ?> status = part(pod, "status");
        List<Container> containers = new ArrayList<>();
        for (Map<?, ?> container : maps(spec.get("initContainers"))) {
            if ("Always".equals(container.get("restartPolicy"))) {
                containers.add(container(container));
            }
        }
        maps(spec.get("containers")).forEach(container -> containers.add(container(container)));
        Map<?, ?> ready = maps(status.get("conditions")).stream()
                .filter(condition -> "Ready".equals(condition.get("type")))
                .findFirst()
                .orElse(Map.of());
        return new PodDetail(
                phase(status.get("phase")),
                pod.getMetadata().getDeletionTimestamp() != null,
                "True".equals(ready.get("status"))
                        ? Boolean.TRUE
                        : "False".equals(ready.get("status")) ? Boolean.FALSE : null,
                time(ready.get("lastTransitionTime")),
                time(status.get("startTime")),
                Requests.of(spec),
                containers.subList(0, Math.min(containers.size(), MOST_CONTAINERS)));
    }

    /** Leaves of a pod's spec what {@link #of} and {@link DriverPod#of} read; the rest need not be kept in memory. */
    static void trim(GenericKubernetesResource pod) {
        List<String> kept = SparkLabels.isDriver(pod.getMetadata().getLabels())
                ? List.of("name", "resources", "restartPolicy", "ports")
                : List.of("name", "resources", "restartPolicy");
        if (pod.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
            spec.keySet().retainAll(List.of("containers", "initContainers", "resources"));
            for (String part : List.of("containers", "initContainers")) {
                maps(spec.get(part)).forEach(container -> container.keySet().retainAll(kept));
            }
        }
    }

    /** The pod joined with its usage; without one, its usage is missing. */
    PodReading reading(String name, @Nullable PodUsage usage) {
        return new PodReading(
                name,
                phase,
                deleted,
                ready,
                readyChangedAt,
                startedAt,
                usage == null ? null : usage.sampledAt(),
                usage == null ? null : (Long) usage.window().toMillis(),
                requests.cpuMilli(),
                requests.memoryBytes(),
                containers.stream().map(container -> reading(container, usage)).toList());
    }

    private static ContainerReading reading(Container container, @Nullable PodUsage usage) {
        PodUsage.@Nullable Amounts used =
                usage == null ? null : usage.containers().get(container.name());
        return new ContainerReading(
                container.name(),
                container.requests().cpuMilli(),
                container.requests().memoryBytes(),
                used == null ? null : used.cpuMilli(),
                used == null ? null : used.memoryBytes());
    }

    private static Container container(Map<?, ?> container) {
        return new Container(String.valueOf(container.get("name")), Requests.of(container));
    }

    private static Phase phase(@Nullable Object phase) {
        for (Phase known : Phase.values()) {
            if (known.name().equals(phase)) {
                return known;
            }
        }
        return Phase.Unknown;
    }

    private static @Nullable Instant time(@Nullable Object text) {
        try {
            return text == null ? null : ApiTexts.time(text.toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<?, ?> part(GenericKubernetesResource pod, String name) {
        return map(pod.getAdditionalProperties(), name);
    }

    private static Map<?, ?> map(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof Collection<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
