package io.tidegate.decision.autoscaling;

/**
 * A pod with one container. Times are in ms.
 *
 * @param usage thousandths, -1 without a metric
 * @param condition 1 ready, 0 not ready, -1 without the condition
 */
public record SimplePod(
        String name,
        boolean deleted,
        boolean failed,
        boolean pending,
        long usage,
        long request,
        int condition,
        long changedAt,
        long startedAt,
        long sampledAt,
        long window) {}
