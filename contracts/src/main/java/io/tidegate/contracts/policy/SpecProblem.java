package io.tidegate.contracts.policy;

import java.util.Objects;

/**
 * Why a policy's present spec could not be used.
 *
 * @param reason reason code, in CamelCase
 * @param message the same in words, for the policy's owner; says which field
 */
public record SpecProblem(String reason, String message) {

    /** The policy's spec is not valid, by itself or with what it inherits. */
    public static final String INVALID_SPEC = "InvalidSpec";

    /** The profile that the policy or its namespace names does not exist. */
    public static final String PROFILE_NOT_FOUND = "ProfileNotFound";

    public SpecProblem {
        Objects.requireNonNull(reason, "problem.reason");
        Objects.requireNonNull(message, "problem.message");
    }
}
