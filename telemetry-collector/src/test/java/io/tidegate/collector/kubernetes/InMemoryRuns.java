package io.tidegate.collector.kubernetes;

import io.tidegate.contracts.policy.ScaleTargetRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects of the Spark operators in memory; of those that the test says nothing of nothing is known. */
final class InMemoryRuns implements RunObjects {

    final Map<ScaleTargetRef, Seen> objects = new HashMap<>();
    Set<ScaleTargetRef> watched = Set.of();
    private @Nullable Listener listener;

    /** Says what is known of an object, and that it changed. */
    void say(String namespace, ScaleTargetRef object, Seen seen) {
        objects.put(object, seen);
        if (listener != null) {
            listener.runsChanged(namespace);
        }
    }

    @Override
    public void watch(Set<ScaleTargetRef> wanted, Listener told) {
        watched = wanted;
        listener = told;
    }

    @Override
    public Seen see(String namespace, ScaleTargetRef object) {
        return objects.getOrDefault(object, new Seen.Unknown());
    }

    @Override
    public void check() {}
}
