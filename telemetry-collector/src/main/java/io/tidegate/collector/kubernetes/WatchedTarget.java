package io.tidegate.collector.kubernetes;

import io.tidegate.collector.world.Target;
import io.tidegate.contracts.fact.WorkloadFact;
import io.tidegate.contracts.fact.WorkloadFact.PodCounts;
import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One target and what was told of it. Used by one thread. */
final class WatchedTarget {

    private final Target target;
    private @Nullable ScaleView view;
    private @Nullable String problem;
    private @Nullable Duration lastStart;
    private @Nullable WorkloadFact told;

    /** Whether its scale subresource is being read, and must be read again after that. */
    boolean reading;

    boolean readAgain;

    WatchedTarget(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    String namespace() {
        return target.workload().namespace();
    }

    LabelQuery pods() {
        return view == null ? LabelQuery.NOTHING : view.pods();
    }

    /** Takes what its scale subresource says; true if the size asked for differs from what was told. */
    boolean found(ScaleView seen) {
        view = seen;
        problem = null;
        Integer replicas = told == null ? null : told.replicas();
        return replicas == null || replicas != seen.replicas();
    }

    /** It can't be scaled. */
    void missing(String words) {
        view = null;
        problem = words;
    }

    /** Whether it is known yet whether it can be scaled. */
    boolean isKnown() {
        return view != null || problem != null;
    }

    /** Whether it is there and can be scaled. */
    boolean isFound() {
        return view != null;
    }

    /** The fact, if it differs from the one told before. */
    @Nullable
    WorkloadFact news(@Nullable ScaleResource resource, PodIndex pods) {
        @Nullable ScaleView current = resource == null ? null : view;
        PodCounts counts = current == null ? PodCounts.NONE : pods.count(namespace(), current.pods());
        if (current != null) {
            lastStart = pods.lastStart(namespace(), current.pods()).orElse(lastStart);
        }
        WorkloadFact fact = new WorkloadFact(
                target.workload(),
                current == null ? null : resource,
                current == null ? null : current.replicas(),
                current == null ? 0 : current.statusReplicas(),
                counts,
                lastStart == null ? null : lastStart.toMillis(),
                current == null ? problem : null);
        if (fact.equals(told)) {
            return null;
        }
        told = fact;
        return fact;
    }
}
