package io.tidegate.spark;

import io.fabric8.kubernetes.api.model.Pod;
import io.tidegate.spark.kubernetes.Admission;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out why fewer executors come than were asked for. Spark asks again each second, and only logs what the API server says to it, such as
 * that a quota is used up.
 */
final class Shortage {
    /** Longer than an executor takes to come where nothing is in its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration ASK_EACH = Duration.ofSeconds(10);
    private static final String KIND = "executors";

    private final Admission admission;
    private final Supplier<Optional<Pod>> next;
    private final Troubles troubles;
    private long completeAt;
    private long askedAt;

    /** @param next the pod of the next executor, as Spark would ask for it */
    Shortage(Admission admission, Supplier<Optional<Pod>> next, Troubles troubles, long now) {
        this.admission = admission;
        this.next = next;
        this.troubles = troubles;
        completeAt = now;
        askedAt = now;
    }

    /**
     * Asks if it is due. May block as long as the client retries.
     *
     * @param missing executors that were asked for and do not run
     */
    void run(int missing, long now) {
        if (missing <= 0) {
            completeAt = now;
            troubles.isOver(KIND);
            return;
        }
        if (now - completeAt < PATIENCE.toNanos() || now - askedAt < ASK_EACH.toNanos()) {
            return;
        }
        askedAt = now;
        troubles.set(
                KIND, next.get().flatMap(admission::refusal).map(words -> "no more executors can be had: " + words));
    }
}
