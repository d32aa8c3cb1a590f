package io.tidegate.autoscaler.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.id.PolicyId;

/** The status of policies in the cluster. Calls block. */
public interface StatusApi {

    /** Reads the status of a policy. */
    Answer read(PolicyId policy);

    /**
     * Makes the status of a policy be this and nothing else of ours.
     *
     * @param uid uid of the policy; one of the same name but another uid is left alone
     */
    Answer apply(PolicyId policy, String uid, ObjectNode status);

    /** What the API server said. */
    sealed interface Answer {

        /**
         * The status there is.
         *
         * @param uid the policy's uid
         * @param status its status, an empty node if it has none
         */
        record Present(String uid, JsonNode status) implements Answer {}

        /** There is no such policy. */
        record Absent() implements Answer {}

        /**
         * It did not work; trying again may help.
         *
         * @param message why
         */
        record Failed(String message) implements Answer {}
    }
}
