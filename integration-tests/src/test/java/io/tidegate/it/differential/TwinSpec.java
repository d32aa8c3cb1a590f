package io.tidegate.it.differential;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What both twins are scaled by, written once as a HorizontalPodAutoscaler and once as a ScalingPolicy.
 *
 * @param metrics the metrics, each of which makes a proposal
 * @param min fewest replicas
 * @param max most replicas
 * @param up rules for growing
 * @param down rules for shrinking
 */
record TwinSpec(List<Metric> metrics, int min, int max, Direction up, Direction down) {

    /** Of both directions; long enough to outlast one reading that both autoscalers took at different moments. */
    static final int WINDOW_SECONDS = 5;

    /**
     * A metric and its target.
     *
     * @param cpu CPU, else memory
     * @param container of this container alone; empty for the whole pod
     * @param utilization target in percent of the requests; empty for an average value
     * @param average target in milli-cores or mebibytes a pod; 0 with a utilization
     */
    record Metric(boolean cpu, Optional<String> container, OptionalInt utilization, int average) {

        static Metric utilization(boolean cpu, int percent) {
            return new Metric(cpu, Optional.empty(), OptionalInt.of(percent), 0);
        }

        static Metric average(boolean cpu, int value) {
            return new Metric(cpu, Optional.empty(), OptionalInt.empty(), value);
        }

        Metric ofContainer(String name) {
            return new Metric(cpu, Optional.of(name), utilization, average);
        }

        /** The target of an average value in thousandths of cores or bytes. */
        long averageMilli() {
            return cpu ? average : average * PodPlay.MEBIBYTE_MILLI;
        }

        /** What a pod uses that is exactly at the target, in milli-cores or mebibytes. */
        double atTarget() {
            long unit = cpu ? 1 : PodPlay.MEBIBYTE_MILLI;
            return utilization.isPresent() ? PodPlay.request(this) * utilization.getAsInt() / 100.0 / unit : average;
        }

        String resource() {
            return cpu ? "cpu" : "memory";
        }

        private String quantity() {
            return average + (cpu ? "m" : "Mi");
        }

        private String hpa() {
            String target = utilization.isPresent()
                    ? "{type: Utilization, averageUtilization: " + utilization.getAsInt() + "}"
                    : "{type: AverageValue, averageValue: " + quantity() + "}";
            return container
                    .map(name -> "{type: ContainerResource, containerResource: {name: %s, container: %s, target: %s}}"
                            .formatted(resource(), name, target))
                    .orElseGet(
                            () -> "{type: Resource, resource: {name: %s, target: %s}}".formatted(resource(), target));
        }

        private String signal(int index, HpaFlags flags) {
            String target = utilization.isPresent()
                    ? "averageUtilization: " + utilization.getAsInt()
                    : "averageValue: " + quantity();
            String periods = cpu
                    ? ", cpuInitializationPeriod: %ds, initialReadinessDelay: %ds"
                            .formatted(flags.cpuInitializationSeconds(), flags.readinessDelaySeconds())
                    : "";
            return "{name: m%d, resource: {name: %s, %s%s%s}}"
                    .formatted(
                            index,
                            resource(),
                            container.map(name -> "container: " + name + ", ").orElse(""),
                            target,
                            periods);
        }

        @Override
        public String toString() {
            return resource()
                    + container.map(name -> "/" + name).orElse("")
                    + (utilization.isPresent() ? " " + utilization.getAsInt() + "%" : " " + quantity());
        }
    }

    /** Which of several rate limits counts. */
    enum Select {
        MAX("Max"),
        MIN("Min"),
        DISABLED("Disabled");

        private final String text;

        Select(String text) {
            this.text = text;
        }
    }

    /**
     * A rate limit.
     *
     * @param pods in pods, else in percent
     */
    record Limit(boolean pods, int value, int periodSeconds) {
        @Override
        public String toString() {
            return "{type: %s, value: %d, periodSeconds: %d}"
                    .formatted(pods ? "Pods" : "Percent", value, periodSeconds);
        }
    }

    /**
     * Rules of one direction.
     *
     * @param tolerance share of change that is ignored; 0.1 if absent
     */
    record Direction(OptionalDouble tolerance, Select select, List<Limit> limits) {

        static Direction limited(Select select, Limit... limits) {
            return new Direction(OptionalDouble.empty(), select, List.of(limits));
        }

        Direction withTolerance(double share) {
            return new Direction(OptionalDouble.of(share), select, limits);
        }

        Direction disabled() {
            return new Direction(tolerance, Select.DISABLED, limits);
        }

        double toleranceOrDefault() {
            return tolerance.orElse(0.1);
        }

        @Override
        public String toString() {
            return "{stabilizationWindowSeconds: %d, selectPolicy: %s, policies: %s%s}"
                    .formatted(
                            WINDOW_SECONDS,
                            select.text,
                            limits,
                            tolerance.isPresent() ? ", tolerance: " + tolerance.getAsDouble() : "");
        }
    }

    /** The same, but nothing may change; bounds still hold. */
    TwinSpec frozen() {
        return new TwinSpec(metrics, min, max, up.disabled(), down.disabled());
    }

    TwinSpec withBounds(int fewest, int most) {
        return new TwinSpec(metrics, fewest, most, up, down);
    }

    String hpa(String namespace, String name) {
        return """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  minReplicas: %3$d
                  maxReplicas: %4$d
                  metrics: %5$s
                  behavior: {scaleUp: %6$s, scaleDown: %7$s}
                """.formatted(
                name, namespace, min, max, metrics.stream().map(Metric::hpa).toList(), up, down);
    }

    String policy(String namespace, String name, HpaFlags flags) {
        List<String> signals = IntStream.range(0, metrics.size())
                .mapToObj(index -> metrics.get(index).signal(index, flags))
                .toList();
        return """
                apiVersion: tidegate.io/v1alpha1
                kind: ScalingPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  replicas: {min: %3$d, max: %4$d}
                  signals: %5$s
                  behavior: {scaleUp: %6$s, scaleDown: %7$s}
                """.formatted(name, namespace, min, max, signals, up, down);
    }

    @Override
    public String toString() {
        return metrics.stream().map(Metric::toString).collect(Collectors.joining(" + ")) + " [" + min + ".." + max
                + "] up " + brief(up) + " down " + brief(down);
    }

    private static String brief(Direction direction) {
        String limits = direction.limits().stream()
                .map(limit -> limit.value() + (limit.pods() ? "" : "%") + "/" + limit.periodSeconds() + "s")
                .collect(Collectors.joining(","));
        return (direction.select() == Select.DISABLED ? "off" : direction.select().text + " " + limits)
                + (direction.tolerance().isPresent()
                        ? " tol " + direction.tolerance().getAsDouble()
                        : "");
    }
}
