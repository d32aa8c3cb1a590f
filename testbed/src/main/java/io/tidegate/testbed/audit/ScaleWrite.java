package io.tidegate.testbed.audit;

import java.time.Instant;

/**
 * A finished write to a scale subresource.
 *
 * @param auditId id the writer sent, or the API server made
 * @param user who wrote
 * @param namespace namespace of the target
 * @param name name of the target
 * @param status HTTP status of the answer
 * @param replicas size that the answer states; -1 if it states none, as a refusal does
 * @param receivedAt when the API server received the request
 * @param completedAt when it had answered
 */
public record ScaleWrite(
        String auditId,
        String user,
        String namespace,
        String name,
        int status,
        int replicas,
        Instant receivedAt,
        Instant completedAt) {

    /** Whether the API server accepted it. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
