package io.tidegate.autoscaler.act;

import io.tidegate.autoscaler.targets.TemplatePath;
import org.jspecify.annotations.Nullable;

/**
 * What the template of a recurring Spark application says of executors; null where it says nothing.
 *
 * @param executors what a run begins with
 * @param min fewest executors of a run with dynamic allocation
 * @param max most executors of such a run
 */
public record RunSize(
        @Nullable Integer executors,
        @Nullable Integer min,
        @Nullable Integer max) {

    /** Stands for the size of a template that says nothing of it. */
    private static final int NOTHING = -1;

    /** What a template has to say for its runs to begin with so many executors. */
    static RunSize of(int executors, TemplatePath path) {
        return path.dynamic() ? new RunSize(executors, path.min(), path.max()) : new RunSize(executors, null, null);
    }

    /** The size, or a number that is none, by which one that another wrote can be told from ours. */
    int mark() {
        return executors == null ? NOTHING : executors;
    }
}
