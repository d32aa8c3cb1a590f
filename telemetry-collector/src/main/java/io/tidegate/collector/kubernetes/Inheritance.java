package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.collector.kubernetes.EffectiveSpecs.Merged;
import io.tidegate.collector.kubernetes.Specs.RefusedSpecException;
import io.tidegate.collector.world.ClusterListener;
import io.tidegate.contracts.fact.PolicyFact;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.policy.SpecProblem;
import io.tidegate.contracts.wire.Excerpt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds policies, profiles and what namespaces say of profiles, and tells each policy with what it inherits: from the profile that it
 * names, else the one that its namespace names, else the one named {@code default}, if there is one. Safe for use by many threads.
 */
final class Inheritance {

    /** Annotation of a namespace that names the profile of its policies. */
    static final String ANNOTATION = "tidegate.io/default-profile";

    private static final String DEFAULT = "default";
    private static final int MOST_SHOWN = 253;

    private final String cluster;
    private final ClusterListener listener;
    private final InstantSource clock;
    private final Map<PolicyId, GenericKubernetesResource> policies = new HashMap<>();
    private final Map<String, GenericKubernetesResource> profiles = new HashMap<>();
    private final Map<String, String> defaultsOfNamespaces = new HashMap<>();
    /** What was told last of each policy that can't be used, so that it is told once. */
    private final Map<PolicyId, String> refused = new HashMap<>();

    private boolean listed;

    /** Which profile a policy has, and by whose word. */
    private record Choice(String profile, String source) {}

    Inheritance(String cluster, ClusterListener listener, InstantSource clock) {
        this.cluster = cluster;
        this.listener = listener;
        this.clock = clock;
    }

    /** All there is has been told; from here on policies are passed on. */
    synchronized void listed() {
        listed = true;
        tellAll();
        listener.listed();
    }

    synchronized void policy(GenericKubernetesResource policy) {
        policies.put(Specs.policyId(cluster, policy), policy);
        tell(policy);
    }

    synchronized void policyGone(GenericKubernetesResource policy) {
        PolicyId id = Specs.policyId(cluster, policy);
        policies.remove(id);
        refused.remove(id);
        listener.policyGone(id);
    }

    synchronized void profile(GenericKubernetesResource profile) {
        profiles.put(profile.getMetadata().getName(), profile);
        tellAll();
    }

    synchronized void profileGone(String name) {
        profiles.remove(name);
        tellAll();
    }

    /** A namespace is there, or has changed; without a profile, or gone, its policies have the one named default. */
    synchronized void namespace(String name, @Nullable String profile) {
        @Nullable
        String before = profile == null ? defaultsOfNamespaces.remove(name) : defaultsOfNamespaces.put(name, profile);
        if (!Objects.equals(before, profile)) {
            List.copyOf(policies.values()).stream()
                    .filter(policy -> policy.getMetadata().getNamespace().equals(name))
                    .forEach(this::tell);
        }
    }

    private void tellAll() {
        policies.values().forEach(this::tell);
    }

    private void tell(GenericKubernetesResource policy) {
        if (!listed) {
            return;
        }
        PolicyId id = Specs.policyId(cluster, policy);
        Instant now = clock.instant();
        try {
            PolicyFact fact = effective(policy);
            refused.remove(id);
            listener.policy(fact, now);
        } catch (RefusedSpecException e) {
            String words = Objects.toString(e.getMessage());
            String told =
                    policy.getMetadata().getUid() + "/" + policy.getMetadata().getGeneration() + "/" + words;
            if (!told.equals(refused.put(id, told))) {
                listener.policyRefused(
                        id, Specs.withoutRules(cluster, policy), new SpecProblem(e.reason(), words), now);
            }
        }
    }

    private PolicyFact effective(GenericKubernetesResource policy) throws RefusedSpecException {
        JsonNode own = Specs.tree(policy);
        Optional<Choice> choice = choice(own, policy.getMetadata().getNamespace());
        if (choice.isEmpty() || !(own instanceof ObjectNode fields)) {
            return Specs.policy(cluster, policy, new Merged(own, null));
        }
        Choice chosen = choice.get();
        GenericKubernetesResource profile = profiles.get(chosen.profile());
        if (profile == null) {
            throw new RefusedSpecException(
                    SpecProblem.PROFILE_NOT_FOUND,
                    chosen.source() + " names the ScalingProfile " + chosen.profile() + ", which does not exist");
        }
        return Specs.policy(cluster, policy, EffectiveSpecs.merge(fields, chosen.profile(), Specs.tree(profile)));
    }

    private Optional<Choice> choice(JsonNode own, String namespace) {
        JsonNode named = own.path("profileRef");
        if (named.isTextual() && !named.textValue().isEmpty()) {
            return Optional.of(new Choice(shown(named.textValue()), "spec.profileRef"));
        }
        String byNamespace = defaultsOfNamespaces.get(namespace);
        if (byNamespace != null) {
            return Optional.of(
                    new Choice(shown(byNamespace), "the annotation " + ANNOTATION + " of namespace " + namespace));
        }
        return profiles.containsKey(DEFAULT) ? Optional.of(new Choice(DEFAULT, "nobody")) : Optional.empty();
    }

    private static String shown(String name) {
        return Excerpt.line(name, MOST_SHOWN);
    }
}
