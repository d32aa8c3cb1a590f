package io.tidegate.dashboards.rules;

/**
 * A recording rule.
 *
 * @param name level, metric and operation, as {@code level:metric:operation}
 * @param expr PromQL
 */
public record Recording(String name, String expr) {}
