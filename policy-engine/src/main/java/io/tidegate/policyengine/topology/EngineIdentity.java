package io.tidegate.policyengine.topology;

import io.tidegate.contracts.topic.Topics;
import io.tidegate.policyengine.EngineConfig;
import java.util.Optional;

/**
 * Under which names an engine reads, remembers and tells.
 *
 * @param variant which of several engines beside each other; empty for the one that there is usually
 * @param shadow whether it decides for show only
 */
public record EngineIdentity(Optional<String> variant, boolean shadow) {

    /** The engine that there is usually. */
    public static final EngineIdentity PLAIN = new EngineIdentity(Optional.empty(), false);

    private static final String APPLICATION_ID = "tidegate-engine";
    private static final String SOURCE = "tidegate/policy-engine";
    private static final String SHADOW_CLIENT = "-shadow-";

    public EngineIdentity {
        if (shadow && variant.isEmpty()) {
            throw new IllegalArgumentException("an engine that decides for show only needs a variant");
        }
    }

    /** As configured. */
    public static EngineIdentity of(EngineConfig config) {
        return new EngineIdentity(config.variant(), config.shadow());
    }

    /** Name of the consumer group, and the start of the changelog's name. */
    public String applicationId() {
        return variant.map(name -> APPLICATION_ID + "-" + name).orElse(APPLICATION_ID);
    }

    /** The start of the names of its clients; those that decide for show can be told from the others by it. */
    public String clientId(String suffix) {
        return applicationId() + (shadow ? SHADOW_CLIENT : "-") + suffix;
    }

    /** Whether a client of this variant's group decides for show. */
    public boolean isShadow(String clientId) {
        return clientId.startsWith(applicationId() + SHADOW_CLIENT);
    }

    /** What the events that it tells name as their source. */
    public String source() {
        return variant.map(name -> SOURCE + "-" + name).orElse(SOURCE);
    }

    /** Where decisions go. */
    public String decisions() {
        return output(Topics.DECISIONS);
    }

    /** Where targets and heartbeats go. */
    public String targets() {
        return output(Topics.TARGETS);
    }

    /** Where facts go that could not be read. */
    public String deadLetters() {
        return output(Topics.deadLetter(Topics.FACTS));
    }

    private String output(String topic) {
        return shadow ? Topics.shadow(topic, variant.orElseThrow()) : topic;
    }
}
