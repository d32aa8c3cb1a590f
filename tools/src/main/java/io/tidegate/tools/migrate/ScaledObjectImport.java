package io.tidegate.tools.migrate;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a policy, and the connections that it needs, of KEDA's ScaledObject. */
final class ScaledObjectImport {

    private static final long DEFAULT_MAX = 100;
    private static final long DEFAULT_POLLING_SECONDS = 30;
    private static final String PAUSED = "autoscaling.keda.sh/paused";

    private final Manifest source;
    private final Value.Mapping spec;
    private final Connections connections;
    private final Notes notes;
    private final PolicyDraft draft;

    private ScaledObjectImport(Manifest source, String mode, Connections connections) {
        this.source = source;
        this.spec = source.content().mapping("spec");
        this.connections = connections;
        this.notes = new Notes(source);
        this.draft = new PolicyDraft(source, mode);
    }

    static Imported read(Manifest source, String mode, Connections connections) {
        return new ScaledObjectImport(source, mode, connections).read();
    }

    private Imported read() {
        draft.target(spec.mapping("scaleTargetRef"), "apps/v1", "Deployment");
        List<Map<String, Object>> objects = new ArrayList<>();
        List<Value> triggers = spec.items("triggers");
        for (int i = 0; i < triggers.size(); i++) {
            trigger(triggers.get(i), "spec.triggers[" + i + "]", objects);
        }
        bounds();
        idle();
        KedaPace.apply(source, draft, notes);
        annotations();
        fallback();
        withoutEqual();
        if (!draft.hasSignals()) {
            notes.add(
                    "spec.triggers",
                    "have no equal at all, so that there is nothing to scale by; no policy was written.");
            return new Imported(source, List.of(), notes.all());
        }
        objects.add(draft.object());
        return new Imported(source, objects, notes.all());
    }

    private void trigger(Value trigger, String path, List<Map<String, Object>> objects) {
        String type = trigger.text("type");
        String name = trigger.text("name");
        Value.Mapping metadata = trigger.mapping("metadata");
        switch (type) {
            case "kafka", "apache-kafka" ->
                new KafkaTrigger(metadata, path + ".metadata", notes).read().ifPresent(signal -> {
                    signal.fields().put("connectionRef", connections.named(source, signal.bootstrapServers(), objects));
                    draft.signal(name.isEmpty() ? "lag" : name, "kafka", signal.fields());
                    credentials(trigger, path);
                });
            case "cron" -> cron(metadata, name, path + ".metadata");
            case "cpu", "memory" -> resource(trigger, type, path);
            case "prometheus" ->
                notes.add(
                        path,
                        trigger.line(),
                        "(prometheus) is not carried over: write a signal of the kind prometheus, and a Connection to the server.");
            default ->
                notes.add(
                        path,
                        trigger.line(),
                        "(" + type
                                + ") has no equal: this version has signals of the kinds kafka, resource, schedule and prometheus.");
        }
        if (trigger.text("metricType").equals("Value") && type.contains("kafka")) {
            notes.add(
                    path + ".metricType",
                    trigger.line(),
                    "is Value, so that the lag is not shared among replicas; here lagThreshold is always for each replica.");
        }
        notes.unknown(
                trigger,
                path,
                Set.of("type", "name", "metadata", "metricType", "authenticationRef", "useCachedMetrics"));
    }

    private void credentials(Value trigger, String path) {
        Value reference = trigger.at("authenticationRef");
        if (reference != null) {
            notes.add(
                    path + ".authenticationRef",
                    reference.line(),
                    "has no equal: a Connection of this version holds no credentials and speaks no TLS.");
        }
    }

    private void cron(Value.Mapping metadata, String name, String path) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("timeZone", metadata.text("timezone"));
        fields.put("start", metadata.text("start"));
        fields.put("end", metadata.text("end"));
        fields.put("replicas", Numbers.whole(metadata.at("desiredReplicas"), 1));
        draft.signal(name.isEmpty() ? "cron" : name, "schedule", fields);
        notes.unknown(metadata, path, Set.of("timezone", "start", "end", "desiredReplicas"));
    }

    private void resource(Value trigger, String type, String path) {
        Value.Mapping metadata = trigger.mapping("metadata");
        String metricType = trigger.text("metricType");
        if (metricType.isEmpty()) {
            metricType = metadata.text("type");
        }
        String value = metadata.text("value");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", type);
        String container = metadata.text("containerName");
        if (!container.isEmpty()) {
            fields.put("container", container);
        }
        if (metricType.equals("Utilization") && Numbers.isWhole(value)) {
            fields.put("averageUtilization", Long.parseLong(value));
        } else if (metricType.equals("AverageValue") && Quantity.parse(value).isPresent()) {
            fields.put("averageValue", value);
        } else {
            notes.add(
                    path,
                    trigger.line(),
                    "(" + type
                            + ") was left out: it needs a metricType of Utilization or AverageValue, and a value that fits.");
            return;
        }
        String wanted = container.isEmpty() ? type : type + "-" + container;
        String name = trigger.text("name");
        draft.signal(name.isEmpty() ? wanted : name, "resource", fields);
        notes.unknown(metadata, path + ".metadata", Set.of("type", "value", "containerName"));
    }

    private void bounds() {
        long min = Numbers.whole(spec.at("minReplicaCount"), 0);
        boolean idle = spec.at("idleReplicaCount") != null;
        if ((min == 0 || idle) && !draft.canWake()) {
            notes.add(
                    "spec.minReplicaCount",
                    "lets the workload go to 0, but none of the signals that are left can wake it; replicas.min is "
                            + Math.max(min, 1) + ".");
            min = Math.max(min, 1);
        }
        draft.bounds(min, Numbers.whole(spec.at("maxReplicaCount"), Math.max(min, DEFAULT_MAX)));
    }

    /** Idle is 0, and otherwise no less than the minimum: a formula says that. */
    private void idle() {
        if (spec.at("idleReplicaCount") == null || !draft.canWake()) {
            return;
        }
        String active = largest(draft.wakingSignals(), "");
        draft.formula(active + " > 0 ? " + largest(draft.allSignals(), ", " + draft.min()) + " : 0");
        draft.bounds(0, draft.max());
    }

    private static String largest(List<String> names, String more) {
        List<String> quoted = names.stream()
                .map(name -> name.matches("[a-z][a-z0-9]*") ? name : "`" + name + "`")
                .toList();
        String list = String.join(", ", quoted) + more;
        return names.size() == 1 && more.isEmpty() ? list : "max(" + list + ")";
    }

    private void annotations() {
        source.content().mapping("metadata", "annotations").fields().forEach((name, value) -> {
            String path = "metadata.annotations[" + name + "]";
            if (name.equals(PAUSED) && value.text().equals("true")) {
                draft.mode("Paused");
            } else if (name.equals(PAUSED + "-replicas")) {
                draft.mode("Paused");
                notes.add(
                        path,
                        value.line(),
                        "became mode: Paused, which holds the size as it is; " + value.text() + " is not set.");
            } else if (name.startsWith("autoscaling.keda.sh/") && !name.startsWith(PAUSED + "-scale-")) {
                notes.add(path, value.line(), "has no equal.");
            }
        });
    }

    private void fallback() {
        if (!(spec.at("fallback") instanceof Value.Mapping its)) {
            return;
        }
        long failures = Math.max(1, Numbers.whole(its.at("failureThreshold"), 3));
        long polling = Math.max(1, Numbers.whole(spec.at("pollingInterval"), DEFAULT_POLLING_SECONDS));
        long replicas = Numbers.whole(its.at("replicas"), 0);
        long within = Math.max(draft.min(), Math.min(draft.max(), replicas));
        String behavior = its.text("behavior");
        switch (behavior) {
            case "currentReplicas" -> {
                notes.add("spec.fallback", "holds the current size, which is what happens here without a fallback.");
                return;
            }
            case "currentReplicasIfHigher" -> {
                // What a fallback means here.
            }
            default ->
                notes.add(
                        "spec.fallback",
                        "never makes the workload smaller here: " + within
                                + " replicas or the current size, if that is larger.");
        }
        if (within != replicas) {
            notes.add("spec.fallback.replicas", "lies outside of the bounds; " + within + " was taken.");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("after", failures * polling + "s");
        fields.put("replicas", within);
        draft.fallback(fields);
        notes.unknown(its, "spec.fallback", Set.of("failureThreshold", "replicas", "behavior"));
    }

    private void withoutEqual() {
        if (spec.at("pollingInterval") != null) {
            notes.add("spec.pollingInterval", "is not needed: changes are seen within a fraction of a second.");
        }
        if (spec.at("initialCooldownPeriod") != null) {
            notes.add(
                    "spec.initialCooldownPeriod",
                    "has no equal: a workload without work may go to 0 once the downward window has passed.");
        }
        Value.Mapping advanced = spec.mapping("advanced");
        if (advanced.text("restoreToOriginalReplicaCount").equals("true")) {
            notes.add(
                    "spec.advanced.restoreToOriginalReplicaCount",
                    "has no equal: when a policy is deleted, the size stays as it is.");
        }
        if (advanced.at("scalingModifiers") != null) {
            notes.add(
                    "spec.advanced.scalingModifiers",
                    "was left out: its formula works on metrics and divides by a target, while a policy's formula works on the"
                            + " replicas that each signal asks for. Without a formula the largest counts.");
        }
        notes.unknown(
                advanced,
                "spec.advanced",
                Set.of("restoreToOriginalReplicaCount", "scalingModifiers", "horizontalPodAutoscalerConfig"));
        notes.unknown(
                spec,
                "spec",
                Set.of(
                        "scaleTargetRef",
                        "triggers",
                        "minReplicaCount",
                        "maxReplicaCount",
                        "idleReplicaCount",
                        "pollingInterval",
                        "cooldownPeriod",
                        "initialCooldownPeriod",
                        "fallback",
                        "advanced"));
    }
}
