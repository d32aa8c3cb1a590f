package io.tidegate.spark;

import io.tidegate.spark.ledger.ScalaLists;
import io.tidegate.spark.ledger.StageLedger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.ExecutorDecommissionInfo;
import org.apache.spark.scheduler.SchedulerBackend;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import scala.Option;
import scala.Tuple2;

/** The executors of the default resource profile, as Spark's scheduler has them at this moment. */
final class Executors {
    /** Why executors go, in Spark's words about them. */
    static final String CAPPED = "more executors than Tidegate's cap";

    static final String IDLE = "idle for as long as Spark lets executors be";

    private final SparkContext context;
    private final StageLedger ledger;

    Executors(SparkContext context, StageLedger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    /**
     * @param running those that get tasks
     * @param draining those that were let go and are not gone
     */
    record Present(Set<String> running, Set<String> draining) {}

    Present present() {
        Set<String> running = new HashSet<>();
        Set<String> draining = new HashSet<>();
        if (context.schedulerBackend() instanceof CoarseGrainedSchedulerBackend backend) {
            Set<String> ofProfile = ledger.executors(StageLedger.DEFAULT_PROFILE);
            for (String id : ScalaLists.<String>list(backend.getExecutorIds())) {
                if (ofProfile.contains(id)) {
                    (backend.isExecutorActive(id) ? running : draining).add(id);
                }
            }
        }
        return new Present(running, draining);
    }

    /** Those of a resource profile that get tasks. */
    Set<String> active(int profile) {
        Set<String> active = new HashSet<>();
        if (context.schedulerBackend() instanceof CoarseGrainedSchedulerBackend backend) {
            ledger.executors(profile).stream().filter(backend::isExecutorActive).forEach(active::add);
        }
        return active;
    }

    /** Lets executors go: they finish their tasks and hand their blocks to others first. Returns how many will. */
    int letGo(List<String> ids, String why) {
        SchedulerBackend backend = context.schedulerBackend();
        if (!(backend instanceof CoarseGrainedSchedulerBackend coarse)) {
            return 0;
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        Tuple2<String, ExecutorDecommissionInfo>[] leaving = ids.stream()
                .filter(coarse::isExecutorActive)
                .map(id -> new Tuple2<>(id, new ExecutorDecommissionInfo(why, Option.<String>empty())))
                .toArray(Tuple2[]::new);
        // The number of executors asked for is the clamp's, so it is not adjusted.
        return leaving.length == 0
                ? 0
                : coarse.decommissionExecutors(leaving, false, false).length();
    }

    /** Without dynamic allocation: has Spark ask for this many. */
    void request(int executors) {
        context.requestTotalExecutors(executors, 0, scala.collection.immutable.Map$.MODULE$.<String, Object>empty());
    }
}
