package io.tidegate.contracts.policy;

import java.util.List;
import java.util.Objects;

/**
 * What of a policy's rules came from a ScalingProfile.
 *
 * @param profile name of the profile
 * @param fields fields that came from it, such as {@code mode} or {@code replicas.max}; what isn't named is the policy's own, or
 *     a default
 */
public record Inherited(String profile, List<String> fields) {

    /** Most fields; there are fewer that can be inherited. */
    public static final int MAX_FIELDS = 32;

    public Inherited {
        Objects.requireNonNull(profile, "inherited.profile");
        Objects.requireNonNull(fields, "inherited.fields");
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException(
                    "inherited.fields must have at most " + MAX_FIELDS + " entries: " + fields.size());
        }
        fields = List.copyOf(fields);
    }
}
