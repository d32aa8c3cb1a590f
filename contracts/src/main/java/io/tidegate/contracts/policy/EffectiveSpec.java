package io.tidegate.contracts.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds of the rules that can be inherited, after inheritance.
 *
 * @param inherited where they came from
 * @param mode whether decisions are carried out
 * @param replicas absolute bounds
 * @param objective what must hold
 * @param behavior windows and rate limits
 * @param fallback size while signals stay stale
 */
public record EffectiveSpec(
        Inherited inherited,
        Mode mode,
        ReplicaBounds replicas,
        @Nullable Objective objective,
        @Nullable Behavior behavior,
        @Nullable Fallback fallback) {
    public EffectiveSpec {
        Objects.requireNonNull(inherited, "effective.inherited");
        Objects.requireNonNull(mode, "effective.mode");
        Objects.requireNonNull(replicas, "effective.replicas");
    }

    /** The part of some rules that can be inherited. */
    public static EffectiveSpec of(Inherited inherited, PolicySpec spec) {
        return new EffectiveSpec(
                inherited, spec.mode(), spec.replicas(), spec.objective(), spec.behavior(), spec.fallback());
    }
}
