package io.tidegate.tools.check;

import io.tidegate.tools.check.Finding.Severity;
import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import io.tidegate.tools.schema.CustomResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Holds policies to the limits of their namespace, where it is among the manifests: what the chart's admission policies refuse, in
 * the same words.
 */
final class DomainLimits {

    private static final String PREFIX = "limits.tidegate.io/";
    private static final String ADVICE = "Ask for less, or ask those who run the cluster to raise the limit.";

    private final List<Manifest> manifests;
    private final Map<String, Manifest> namespaces = new HashMap<>();
    private final List<Finding> found = new ArrayList<>();

    DomainLimits(List<Manifest> manifests) {
        this.manifests = manifests;
        manifests.stream()
                .filter(manifest ->
                        manifest.group().isEmpty() && manifest.kind().equals("Namespace"))
                .forEach(namespace -> namespaces.putIfAbsent(namespace.name(), namespace));
    }

    List<Finding> find() {
        for (Manifest policy : manifests) {
            Manifest namespace = namespaces.get(policy.namespace());
            if (namespace != null
                    && policy.group().equals(CustomResources.GROUP)
                    && policy.kind().equals("ScalingPolicy")) {
                check(policy, namespace.content());
            }
        }
        return found;
    }

    private void check(Manifest policy, Value.Mapping namespace) {
        String in = "in the namespace " + policy.namespace() + " ";
        String replicas = limit(namespace, "max-replicas");
        String executors = limit(namespace, "max-executors");
        boolean spark = policy.content().at("spec", "executors") != null;
        if (!replicas.isEmpty() && !spark && !within(policy, "replicas", replicas)) {
            found(policy, "spec.replicas.max", in + "a policy must give replicas.max, of at most " + replicas);
        }
        if (!executors.isEmpty() && spark && !within(policy, "executors", executors)) {
            found(policy, "spec.executors.max", in + "executors.max may be at most " + executors);
        }
        String kinds = limit(namespace, "kinds");
        String kind = policy.content().at("spec", "scaleTargetRef") == null
                ? "SparkApplication"
                : policy.content().text("spec", "scaleTargetRef", "kind");
        if (!kinds.isEmpty() && !isAmong(kinds, kind)) {
            found(policy, "spec.scaleTargetRef.kind", in + "a policy may scale only " + kinds + ", not a " + kind);
        }
        String modes = limit(namespace, "modes");
        if (!modes.isEmpty() && !isAmong(modes, policy.content().text("spec", "mode"))) {
            found(policy, "spec.mode", in + "a policy must give its mode, one of " + modes);
        }
    }

    private void found(Manifest policy, String path, String message) {
        found.add(Finding.at(Severity.ERROR, policy, path, message, ADVICE));
    }

    private static String limit(Value.Mapping namespace, String name) {
        return namespace.text("metadata", "annotations", PREFIX + name);
    }

    /** A limit that is no number lets nothing through. */
    private static boolean within(Manifest policy, String field, String limit) {
        String asked = policy.content().text("spec", field, "max");
        return asked.matches("[0-9]{1,9}")
                && limit.matches("[0-9]{1,6}")
                && Integer.parseInt(asked) <= Integer.parseInt(limit);
    }

    private static boolean isAmong(String list, String one) {
        return Stream.of(list.split(",", -1)).anyMatch(each -> each.strip().equals(one));
    }
}
