package io.tidegate.decision.signal;

/**
 * The pods of a target in autoscaling/v2's groups, summed up. Amounts are thousandths of a core or of a byte, and
 * saturate; requests are 0 where the signal's target is no share of them. Pods that are deleted or have failed are in no
 * group.
 *
 * @param ready pods whose use counts; at least 1
 * @param used what they use
 * @param requested what they request
 * @param missing pods without a metric
 * @param missingRequested what those request
 * @param missingFilled what those would use if they used all of their request, or their target if that is more
 * @param unready pods that are pending, or whose use says nothing yet
 * @param unreadyRequested what those request
 * @param regroupedAt when time alone moves a pod to another group, in ms since the epoch; {@link Long#MAX_VALUE} if none
 */
public record PodTotals(
        int ready,
        long used,
        long requested,
        int missing,
        long missingRequested,
        long missingFilled,
        int unready,
        long unreadyRequested,
        long regroupedAt) {}
