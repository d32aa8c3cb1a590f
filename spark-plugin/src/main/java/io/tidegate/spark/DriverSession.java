package io.tidegate.spark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.spark.ledger.StageLedger;
import io.tidegate.spark.ledger.StreamingLedger;
import io.tidegate.spark.ledger.TriggerInterval;
import io.tidegate.spark.scale.Clamp;
import io.tidegate.spark.scale.StartTimes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin's parts in one driver. Spark makes plugin and allocator apart from one another and allows one context at a
 * time in a JVM, so this is where they meet.
 */
final class DriverSession {
    private static final Logger LOG = LoggerFactory.getLogger(DriverSession.class);
    private static final AtomicReference<@Nullable DriverSession> CURRENT = new AtomicReference<>();
    private static final String LISTENER_QUEUE = "tidegate";

    private final Settings settings;
    private final Troubles troubles = new Troubles();
    private final Clamp clamp;
    private final StartTimes starts = new StartTimes();
    private final StageLedger stages;
    private final StreamingLedger queries;
    private final SparkContext context;
    private volatile @Nullable ClampingPodsAllocator allocator;
    private volatile @Nullable KubernetesClient client;
    private volatile @Nullable DriverLoops loops;
    private volatile Map<Integer, Integer> wantedOf = Map.of();

    private DriverSession(SparkContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
        clamp = new Clamp(settings.dynamic(), settings.configuredExecutors());
        Clock clock = Clock.systemUTC();
        stages = new StageLedger(
                clock, fault -> troubles.caught("stage ledger", fault), () -> starts.registered(clock.millis()));
        queries = new StreamingLedger(clock, fault -> troubles.caught("streaming ledger", fault), TriggerInterval::of);
    }

    /** Prepares the context, whose scheduler is not built yet. */
    static DriverSession open(SparkContext context) {
        SparkConf conf = context.conf();
        Settings settings = Settings.of(conf);
        DriverSession session = new DriverSession(context, settings);
        // A queue of their own, so that they never hold up Spark's listeners.
        context.listenerBus().addToQueue(session.stages, LISTENER_QUEUE);
        context.listenerBus().addToQueue(session.queries, LISTENER_QUEUE);
        // Last, so that what fails before leaves Spark as it was configured.
        List<String> warnings = Defaults.apply(conf);
        if (!warnings.isEmpty()) {
            LOG.warn("Tidegate: {}", String.join("; ", warnings));
            session.troubles.stands("configuration", String.join("; ", warnings));
        }
        CURRENT.set(session);
        return session;
    }

    /** Joins the allocator to the session; null if no plugin runs. Never throws. */
    static @Nullable DriverSession attach(ClampingPodsAllocator allocator, KubernetesClient client) {
        DriverSession session = CURRENT.get();
        if (session != null) {
            session.client = client;
            session.allocator = allocator;
        }
        return session;
    }

    /** Starts what runs besides Spark, whose scheduler is built by now. */
    void start(String appId) {
        DriverLoops started = new DriverLoops(this, appId);
        loops = started;
        started.start();
    }

    void stop() {
        CURRENT.compareAndSet(this, null);
        DriverLoops running = loops;
        if (running != null) {
            running.stop();
        }
    }

    /** Called under locks of Spark's scheduler. */
    int want(int executors) {
        int granted = clamp.want(executors);
        starts.granted(granted, System.currentTimeMillis());
        return granted;
    }

    /** Has the cluster asked for what the bounds allow at this moment. */
    void reapply() {
        ClampingPodsAllocator attached = allocator;
        if (attached != null) {
            int granted = clamp.granted();
            starts.granted(granted, System.currentTimeMillis());
            attached.reapply(granted);
        }
    }

    /** Called under locks of Spark's scheduler. */
    void profiles(Map<Integer, Integer> wanted) {
        wantedOf = Map.copyOf(wanted);
        troubles.set(
                "profiles",
                wanted.size() > 1 ? Optional.of("only the default resource profile is bounded") : Optional.empty());
    }

    /** Executors of a resource profile that Spark wants; absent before it has said so. */
    OptionalInt wanted(int profile) {
        Integer wanted = wantedOf.get(profile);
        return wanted == null ? OptionalInt.empty() : OptionalInt.of(wanted);
    }

    long dropped() {
        DriverLoops running = loops;
        return running == null ? 0 : running.dropped();
    }

    long waves() {
        DriverLoops running = loops;
        return running == null ? 0 : running.waves();
    }

    /** The pod of the next executor, as Spark would ask for it; empty if it is not our allocator that asks. */
    Optional<Pod> nextExecutor(String appId) {
        ClampingPodsAllocator attached = allocator;
        return attached == null ? Optional.empty() : attached.next(appId);
    }

    Settings settings() {
        return settings;
    }

    Troubles troubles() {
        return troubles;
    }

    Clamp clamp() {
        return clamp;
    }

    StartTimes starts() {
        return starts;
    }

    StageLedger stages() {
        return stages;
    }

    StreamingLedger queries() {
        return queries;
    }

    SparkContext context() {
        return context;
    }

    /** Whether it is our allocator that Spark uses. */
    boolean clamps() {
        return allocator != null;
    }

    Optional<KubernetesClient> client() {
        return Optional.ofNullable(client);
    }
}
