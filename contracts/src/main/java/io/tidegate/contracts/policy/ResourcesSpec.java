package io.tidegate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What may be done about what a workload is given when it starts.
 *
 * @param mode whether it is only told, or carried out; absent means {@link ResourcesMode#Recommend}
 */
public record ResourcesSpec(ResourcesMode mode) {

    @JsonCreator
    public ResourcesSpec(@JsonProperty("mode") @Nullable ResourcesMode mode) {
        this.mode = mode == null ? ResourcesMode.Recommend : mode;
    }

    /** How far it goes, spelled as in policies. */
    public enum ResourcesMode {
        /** Decided and told, never written. */
        Recommend,
        /** Written to the template that the next run is made of; no run that has begun is touched. */
        NextRun
    }
}
