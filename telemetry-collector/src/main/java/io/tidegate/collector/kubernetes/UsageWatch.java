package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.contracts.fact.Reading;
import io.tidegate.contracts.fact.Reading.PodUsage;
import io.tidegate.contracts.id.WorkloadId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the metrics API, one list a namespace; blocks. A cluster without a metrics API just has no usage. */
final class UsageWatch {

    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

    private final KubernetesClient client;
    private final ClusterListener listener;
    private final InstantSource clock;
    private final CollectorMetrics metrics;
    private volatile String state = "not read yet";

    UsageWatch(KubernetesClient client, ClusterListener listener, InstantSource clock, CollectorMetrics metrics) {
        this.client = client;
        this.listener = listener;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** How the last read went. */
    String state() {
        return state;
    }

    /** Reads the usage of these pods and tells it. */
    void read(Map<WorkloadId, List<String>> podNames) {
        Set<String> namespaces = new TreeSet<>();
        podNames.keySet().forEach(workload -> namespaces.add(workload.namespace()));
        for (String namespace : namespaces) {
            Map<String, PodUsage> usage = usage(namespace);
            if (usage.isEmpty()) {
                continue;
            }
            podNames.forEach((workload, names) -> {
                List<PodUsage> own = names.stream()
                        .sorted()
                        .map(usage::get)
                        .filter(Objects::nonNull)
                        .toList();
                if (workload.namespace().equals(namespace) && !own.isEmpty()) {
                    listener.usage(workload, new Reading.Usage(own), clock.instant());
                }
            });
        }
    }

    private Map<String, PodUsage> usage(String namespace) {
        Map<String, PodUsage> usage = new HashMap<>();
        try {
            String json = client.raw("/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods");
            if (json == null) {
                state = "the cluster has no metrics API";
                metrics.failed(CollectorMetrics.Failure.USAGE);
                return Map.of();
            }
            for (PodMetrics pod : client.getKubernetesSerialization()
                    .unmarshal(json, PodMetricsList.class)
                    .getItems()) {
                usage.put(pod.getMetadata().getName(), usage(pod));
            }
            state = "read";
        } catch (KubernetesClientException | IllegalArgumentException | ArithmeticException e) {
            state = "the metrics API can't be read: " + e.getMessage();
            metrics.failed(CollectorMetrics.Failure.USAGE);
        }
        return usage;
    }

    private static PodUsage usage(PodMetrics pod) {
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        @Nullable List<ContainerMetrics> containers = pod.getContainers();
        for (ContainerMetrics container : containers == null ? new ArrayList<ContainerMetrics>() : containers) {
            cpu = cpu.add(amount(container, "cpu"));
            memory = memory.add(amount(container, "memory"));
        }
        return new PodUsage(
                pod.getMetadata().getName(),
                cpu.multiply(MILLI).setScale(0, RoundingMode.HALF_UP).longValueExact(),
                memory.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static BigDecimal amount(ContainerMetrics container, String resource) {
        @Nullable
        Quantity quantity =
                container.getUsage() == null ? null : container.getUsage().get(resource);
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }
}
