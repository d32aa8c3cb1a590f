package io.tidegate.autoscaler.report;

import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.wire.Excerpt;

/**
 * What an Event says.
 *
 * @param policy the policy it is about
 * @param uid the policy's uid
 * @param warning whether it is of type Warning
 * @param reason reason code, in CamelCase
 * @param action what was being done, in CamelCase
 * @param note the text
 */
public record PolicyEvent(PolicyId policy, String uid, boolean warning, String reason, String action, String note) {

    /** The API server's own limit on the note. */
    private static final int MAX_NOTE = 1024;

    public PolicyEvent {
        note = Excerpt.within(note, MAX_NOTE);
    }
}
