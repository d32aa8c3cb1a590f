package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a policy of a HorizontalPodAutoscaler. */
final class HorizontalPodAutoscalerImport {

    /** What autoscaling takes where no metric is given. */
    private static final long DEFAULT_UTILIZATION = 80;

    private final Manifest source;
    private final Notes notes;
    private final PolicyDraft draft;

    private HorizontalPodAutoscalerImport(Manifest source, String mode) {
        this.source = source;
        this.notes = new Notes(source);
        this.draft = new PolicyDraft(source, mode);
    }

    static Imported read(Manifest source, String mode) {
        return new HorizontalPodAutoscalerImport(source, mode).read();
    }

    private Imported read() {
        Value.Mapping spec = source.content().mapping("spec");
        draft.target(spec.mapping("scaleTargetRef"), "", "");
        metrics(spec);
        bounds(spec);
        draft.behavior(BehaviorImport.read(spec.mapping("behavior"), "spec.behavior", notes));
        notes.unknown(
                spec,
                "spec",
                Set.of(
                        "scaleTargetRef",
                        "minReplicas",
                        "maxReplicas",
                        "metrics",
                        "behavior",
                        "targetCPUUtilizationPercentage"));
        if (!draft.hasSignals()) {
            notes.add(
                    "spec.metrics",
                    "has no equal at all, so that there is nothing to scale by; no policy was written.");
            return new Imported(source, List.of(), notes.all());
        }
        return new Imported(source, List.of(draft.object()), notes.all());
    }

    private void bounds(Value spec) {
        long min = Numbers.whole(spec.at("minReplicas"), 1);
        if (min == 0 && !draft.canWake()) {
            notes.add(
                    "spec.minReplicas",
                    "is 0, but none of the signals that are left can wake the workload; replicas.min is 1.");
            min = 1;
        }
        draft.bounds(min, Numbers.whole(spec.at("maxReplicas"), min));
    }

    private void metrics(Value spec) {
        List<Value> metrics = spec.items("metrics");
        Value percentage = spec.at("targetCPUUtilizationPercentage");
        for (int i = 0; i < metrics.size(); i++) {
            metric(metrics.get(i), "spec.metrics[" + i + "]");
        }
        if (metrics.isEmpty()) {
            if (percentage == null) {
                notes.add("spec.metrics", "is absent, which means 80 % of the requested CPU; written out.");
            }
            Map<String, Object> cpu = new LinkedHashMap<>();
            cpu.put("name", "cpu");
            cpu.put("averageUtilization", Numbers.whole(percentage, DEFAULT_UTILIZATION));
            draft.signal("cpu", "resource", cpu);
        }
    }

    private void metric(Value metric, String path) {
        switch (metric.text("type")) {
            case "Resource" -> resource(metric.mapping("resource"), path + ".resource");
            case "ContainerResource" -> resource(metric.mapping("containerResource"), path + ".containerResource");
            case "Pods" ->
                notes.add(
                        path,
                        metric.line(),
                        "(Pods " + metric.text("pods", "metric", "name")
                                + ") has no equal: this version reads no custom metrics of pods.");
            case "Object" ->
                notes.add(
                        path,
                        metric.line(),
                        "(Object " + metric.text("object", "metric", "name")
                                + ") has no equal: this version reads no custom metrics of objects.");
            case "External" -> external(metric, path);
            default -> notes.add(path, metric.line(), "(" + metric.text("type") + ") is of a type not known here.");
        }
    }

    private void external(Value metric, String path) {
        String name = metric.text("external", "metric", "name");
        String hint = name.contains("kafka") || name.contains("lag")
                ? "If it is the lag of a consumer group, write a kafka signal, which reads it from the brokers."
                : "If it is a time of the day or the lag of a consumer group, write a schedule or kafka signal.";
        notes.add(
                path,
                metric.line(),
                "(External " + name + ") has no equal: this version reads no external metrics. " + hint);
    }

    private void resource(Value metric, String path) {
        String name = metric.text("name");
        if (!name.equals("cpu") && !name.equals("memory")) {
            notes.add(path, metric.line(), "(" + name + ") has no equal: this version knows cpu and memory.");
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        String container = metric.text("container");
        if (!container.isEmpty()) {
            fields.put("container", container);
        }
        BehaviorImport.copy(metric.mapping("target"), "averageUtilization", fields);
        BehaviorImport.copy(metric.mapping("target"), "averageValue", fields);
        if (fields.containsKey("averageUtilization") == fields.containsKey("averageValue")) {
            notes.add(
                    path + ".target",
                    metric.line(),
                    "needs exactly one of averageUtilization and averageValue; the metric was left out.");
            return;
        }
        draft.signal(container.isEmpty() ? name : name + "-" + container, "resource", fields);
    }
}
