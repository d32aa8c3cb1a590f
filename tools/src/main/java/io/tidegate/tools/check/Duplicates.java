package io.tidegate.tools.check;

import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds objects that are there twice, and policies that want the same workload. */
final class Duplicates {

    private final List<Manifest> ours;
    private final List<Finding> found = new ArrayList<>();

    Duplicates(List<Manifest> ours) {
        this.ours = ours;
    }

    List<Finding> find() {
        Map<String, Manifest> names = new HashMap<>();
        Map<Object, Manifest> targets = new HashMap<>();
        for (Manifest manifest : ours) {
            if (!manifest.name().isEmpty() && !sameName(names.putIfAbsent(manifest.title(), manifest), manifest)) {
                target(manifest, targets);
            }
        }
        return found;
    }

    private boolean sameName(@Nullable Manifest first, Manifest second) {
        if (first != null) {
            found.add(Finding.at(
                    Severity.ERROR,
                    second,
                    "metadata.name",
                    "the same " + second.kind() + " is already in " + place(first),
                    "Keep one of the two: applied together, the last one wins."));
        }
        return first != null;
    }

    private void target(Manifest manifest, Map<Object, Manifest> targets) {
        if (!manifest.kind().equals("ScalingPolicy")) {
            return;
        }
        Value labels = manifest.content().at("spec", "selector", "matchLabels");
        String path = labels == null ? "spec.scaleTargetRef" : "spec.selector";
        Object target = labels == null
                ? Target.ofPolicy(manifest).orElse(null)
                : List.of(manifest.namespace(), String.valueOf(labels.plain()));
        Manifest first = target == null ? null : targets.putIfAbsent(target, manifest);
        if (first != null) {
            found.add(Finding.at(
                    Severity.ERROR,
                    manifest,
                    path,
                    "ScalingPolicy " + first.name() + " (" + place(first) + ") already scales this workload",
                    "Put all rules of a workload into one policy: of two, only the older one rules."));
        }
    }

    private static String place(Manifest manifest) {
        Value name = manifest.content().at("metadata", "name");
        return manifest.file() + ":" + (name == null ? manifest.content() : name).line();
    }
}
