package io.tidegate.tools.check;

import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.CustomResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds policies against the manifests beside them: what else sets the size, and whether what they name is there. */
final class Neighbours {

    private static final Set<String> RECREATING = Set.of("", "Auto", "Recreate", "InPlaceOrRecreate");

    private final List<Manifest> manifests;
    private final Map<Target, Manifest> objects = new HashMap<>();
    private final Set<String> describedNamespaces = new HashSet<>();
    private final List<Finding> found = new ArrayList<>();

    Neighbours(List<Manifest> manifests) {
        this.manifests = manifests;
        for (Manifest manifest : manifests) {
            objects.putIfAbsent(Target.itself(manifest), manifest);
            if (!isScaler(manifest)) {
                describedNamespaces.add(manifest.namespace());
            }
        }
    }

    List<Finding> find() {
        for (Manifest policy : manifests) {
            if (policy.group().equals(CustomResources.GROUP) && policy.kind().equals("ScalingPolicy")) {
                Target.ofPolicy(policy).ifPresent(target -> {
                    otherScalers(policy, target);
                    fixedSize(policy, target);
                    missingTarget(policy, target);
                });
                missingConnections(policy);
            }
        }
        return found;
    }

    private static boolean isScaler(Manifest manifest) {
        return switch (manifest.group()) {
            case CustomResources.GROUP, "autoscaling", "keda.sh", "autoscaling.k8s.io" -> true;
            default -> false;
        };
    }

    private void otherScalers(Manifest policy, Target target) {
        for (Manifest other : manifests) {
            switch (other.group() + "/" + other.kind()) {
                case "autoscaling/HorizontalPodAutoscaler" -> {
                    if (names(other, "scaleTargetRef", target)) {
                        twoOwners(policy, other, "Delete it");
                    }
                }
                case "keda.sh/ScaledObject" -> {
                    if (names(other, "scaleTargetRef", target)) {
                        twoOwners(
                                policy, other, "Delete it (or pause it, by its annotation autoscaling.keda.sh/paused)");
                    }
                }
                case "autoscaling.k8s.io/VerticalPodAutoscaler" -> {
                    if (names(other, "targetRef", target)) {
                        vertical(policy, other);
                    }
                }
                default -> {
                    // Scales nothing.
                }
            }
        }
    }

    private static boolean names(Manifest other, String reference, Target target) {
        return Target.of(other, other.content().mapping("spec", reference), "apps/v1", "Deployment")
                .equals(Optional.of(target));
    }

    private void twoOwners(Manifest policy, Manifest other, String remedy) {
        if (isPausedByAnnotation(other)) {
            return;
        }
        boolean writes = writes(policy);
        String message = other.title() + " (" + place(other) + ") scales the same workload";
        found.add(Finding.at(
                writes ? Severity.ERROR : Severity.WARNING,
                policy,
                "spec.scaleTargetRef",
                message,
                writes
                        ? remedy
                                + ", or set mode: Shadow here while it rules: Tidegate stands back from what another sets."
                        : remedy + " before the mode becomes Enforce."));
    }

    private static boolean isPausedByAnnotation(Manifest other) {
        return other.content().mapping("metadata", "annotations").fields().keySet().stream()
                .anyMatch(name -> name.startsWith("autoscaling.keda.sh/paused"));
    }

    private void vertical(Manifest policy, Manifest other) {
        if (!RECREATING.contains(other.content().text("spec", "updatePolicy", "updateMode"))) {
            return;
        }
        boolean fights = policy.content().items("spec", "signals").stream()
                .anyMatch(signal -> signal.at("resource", "averageUtilization") != null);
        found.add(
                Finding.at(
                        fights ? Severity.ERROR : Severity.WARNING,
                        policy,
                        fights ? "spec.signals" : "spec.scaleTargetRef",
                        other.title() + " (" + place(other) + ") changes what the pods of this workload request",
                        fights
                                ? "A utilization is a share of the requests: use averageValue, or set its updateMode to Off or Initial."
                                : "It restarts pods while they are scaled; set its updateMode to Off or Initial unless you want that."));
    }

    private void fixedSize(Manifest policy, Target target) {
        Manifest object = objects.get(target);
        boolean sized = target.kind().equals("Deployment") || target.kind().equals("StatefulSet");
        if (object != null && sized && writes(policy) && object.content().at("spec", "replicas") != null) {
            found.add(Finding.at(
                    Severity.WARNING,
                    object,
                    "spec.replicas",
                    "sets the size that ScalingPolicy " + policy.name() + " (" + place(policy) + ") decides",
                    "Remove spec.replicas, or have your GitOps tool ignore it: each sync puts this size back."));
        }
    }

    private void missingTarget(Manifest policy, Target target) {
        if (describedNamespaces.contains(policy.namespace()) && !objects.containsKey(target)) {
            found.add(Finding.at(
                    Severity.WARNING,
                    policy,
                    "spec.scaleTargetRef.name",
                    "there is no " + target + " in these files, though other objects of its namespace are",
                    "Check kind, name and namespace; if it comes from elsewhere, all is well."));
        }
    }

    private void missingConnections(Manifest policy) {
        List<Value> signals = policy.content().items("spec", "signals");
        for (int i = 0; i < signals.size(); i++) {
            for (String source : List.of("kafka", "prometheus")) {
                Value reference = signals.get(i).at(source, "connectionRef");
                if (reference != null && describedNamespaces.contains(policy.namespace())) {
                    missingConnection(policy, reference, "spec.signals[" + i + "]." + source + ".connectionRef");
                }
            }
        }
    }

    private void missingConnection(Manifest policy, Value reference, String field) {
        String name = reference.text();
        if (!name.isEmpty()
                && !objects.containsKey(new Target(policy.namespace(), CustomResources.GROUP, "Connection", name))) {
            found.add(new Finding(
                    Severity.WARNING,
                    policy.file(),
                    policy.document(),
                    reference.line(),
                    policy.title(),
                    field,
                    "there is no Connection " + name + " in these files, though other objects of its namespace are",
                    "Check the name; if it comes from elsewhere, all is well."));
        }
    }

    /** Whether decisions are carried out, as far as these files say. */
    private boolean writes(Manifest policy) {
        String mode = policy.content().text("spec", "mode");
        if (mode.isEmpty()) {
            String profile = policy.content().text("spec", "profileRef");
            Manifest inherited = objects.get(
                    new Target("", CustomResources.GROUP, "ScalingProfile", profile.isEmpty() ? "default" : profile));
            mode = inherited == null ? "" : inherited.content().text("spec", "mode");
        }
        return mode.isEmpty() || mode.equals("Enforce");
    }

    private static String place(Manifest manifest) {
        return manifest.file() + ":" + manifest.content().line();
    }
}
