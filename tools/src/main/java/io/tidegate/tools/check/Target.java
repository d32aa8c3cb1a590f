package io.tidegate.tools.check;

import io.tidegate.tools.manifest.Manifest;
import io.tidegate.tools.manifest.Value;
import java.util.Optional;

/** What something scales: an object of a namespace, whatever version of its API it is named by. */
record Target(String namespace, String group, String kind, String name) {

    /** By a reference at a place of a manifest; what it leaves out is as given. */
    static Optional<Target> of(Manifest manifest, Value reference, String apiVersion, String kind) {
        String name = reference.text("name");
        String version = reference.text("apiVersion");
        String its = reference.text("kind");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Target(
                        manifest.namespace(),
                        Manifest.groupOf(version.isEmpty() ? apiVersion : version),
                        its.isEmpty() ? kind : its,
                        name));
    }

    /** Of a policy; empty if it names none, or labels. */
    static Optional<Target> ofPolicy(Manifest policy) {
        return of(policy, policy.content().mapping("spec", "scaleTargetRef"), "", "");
    }

    static Target itself(Manifest manifest) {
        return new Target(manifest.namespace(), manifest.group(), manifest.kind(), manifest.name());
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
