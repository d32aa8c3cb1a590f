package io.tidegate.collector.kubernetes;

import io.tidegate.contracts.fact.WorkloadFact.ScaleResource;
import io.tidegate.contracts.policy.ScaleTargetRef;
import java.util.Set;

/** The objects that the Spark operators make runs of. Used on the loop. */
interface RunObjects {

    /** Watches the kinds of exactly these from here on. */
    void watch(Set<ScaleTargetRef> objects, Listener listener);

    /** What is known of one of them. */
    Seen see(String namespace, ScaleTargetRef object);

    /** Notices that the API server answers again. */
    void check();

    /** Is told of changes. */
    interface Listener {

        /** An object of this namespace has changed. */
        void runsChanged(String namespace);

        /** It became known whether there is a kind, or all its objects are listed. */
        void runsChanged();
    }

    /** What is known of an object. */
    sealed interface Seen {

        /** Nothing yet. */
        record Unknown() implements Seen {}

        /** The API server has no such kind. */
        record NoKind() implements Seen {}

        /** There is no such object. */
        record Absent() implements Seen {}

        /** It is there. */
        record There(ScaleResource resource, RunObject object) implements Seen {}
    }
}
