package io.tidegate.it.differential;

import java.util.Map;
import java.util.Optional;

/**
 * What a pod is and uses for a step.
 *
 * @param life its state
 * @param published what the metrics API tells of it
 * @param appCpu milli-cores that container app uses
 * @param sidecarCpu milli-cores that container sidecar uses
 * @param appMemory mebibytes that container app uses
 * @param sidecarMemory mebibytes that container sidecar uses
 */
record PodPlay(Life life, Published published, int appCpu, int sidecarCpu, int appMemory, int sidecarMemory) {

    static final String APP = "app";
    static final String SIDECAR = "sidecar";

    /** Requests of the containers. */
    static final int APP_CPU_REQUEST = 100;

    static final int SIDECAR_CPU_REQUEST = 20;
    static final int APP_MEMORY_REQUEST = 64;
    static final int SIDECAR_MEMORY_REQUEST = 16;

    /** Of one mebibyte in the milli-bytes that quantities are compared in. */
    static final long MEBIBYTE_MILLI = 1024L * 1024 * 1000;

    /** How much of its usage the metrics API tells. */
    enum Published {
        ALL(""),
        /** Memory only. */
        NO_CPU("~"),
        /** Nothing of container app, as while it is being started again. */
        SIDECAR_ONLY("'"),
        NONE("-");

        private final String mark;

        Published(String mark) {
            this.mark = mark;
        }
    }

    /** A pod that its ReplicaSet has made within the step; it stays pending until the next. */
    static PodPlay fresh() {
        return new PodPlay(Life.PENDING, Published.NONE, 0, 0, 0, 0);
    }

    /** Usage as a metric reads it, in thousandths of cores or bytes; empty where the metric is missing. */
    Optional<Long> usage(TwinSpec.Metric metric) {
        boolean cpu = metric.cpu();
        if (published == Published.NONE || (published == Published.NO_CPU && cpu)) {
            return Optional.empty();
        }
        long sidecar = cpu ? sidecarCpu : sidecarMemory * MEBIBYTE_MILLI;
        boolean ofApp =
                metric.container().isPresent() && metric.container().get().equals(APP);
        if (published == Published.SIDECAR_ONLY) {
            return ofApp ? Optional.empty() : Optional.of(sidecar);
        }
        long app = cpu ? appCpu : appMemory * MEBIBYTE_MILLI;
        return Optional.of(metric.container().isEmpty() ? app + sidecar : ofApp ? app : sidecar);
    }

    /** Requests as a metric reads them, in thousandths of cores or bytes. */
    static long request(TwinSpec.Metric metric) {
        long app = metric.cpu() ? APP_CPU_REQUEST : APP_MEMORY_REQUEST * MEBIBYTE_MILLI;
        long sidecar = metric.cpu() ? SIDECAR_CPU_REQUEST : SIDECAR_MEMORY_REQUEST * MEBIBYTE_MILLI;
        return metric.container().map(name -> name.equals(APP) ? app : sidecar).orElse(app + sidecar);
    }

    /** Usage by container, as PodMetrics have it. */
    Map<String, Map<String, String>> containers() {
        Map<String, String> sidecar = quantities(sidecarCpu, sidecarMemory);
        return published == Published.SIDECAR_ONLY
                ? Map.of(SIDECAR, sidecar)
                : Map.of(APP, quantities(appCpu, appMemory), SIDECAR, sidecar);
    }

    private Map<String, String> quantities(int cpu, int memory) {
        return published == Published.NO_CPU
                ? Map.of("memory", memory + "Mi")
                : Map.of("cpu", cpu + "m", "memory", memory + "Mi");
    }

    @Override
    public String toString() {
        return life.letter() + published.mark;
    }
}
