package io.tidegate.spark;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.spark.ledger.StageLedger;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.scheduler.cluster.k8s.ExecutorPodsAllocator;
import org.apache.spark.scheduler.cluster.k8s.ExecutorPodsSnapshotsStore;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import org.apache.spark.util.Clock;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Map;

/**
 * Spark's own allocator, asked for as many executors as the bounds allow. Only the default resource profile is bounded;
 * others get what Spark asks for. Without a running plugin it is Spark's own in all respects.
 */
public final class ClampingPodsAllocator extends ExecutorPodsAllocator {
    /** Pods that wait to be started for that long go first when there are too many; Spark's own default. */
    private static final long PENDING_MILLIS = 60_000;

    private static final String BATCH_DELAY = "spark.kubernetes.allocation.batch.delay";
    private static final String ONE_SECOND = "1s";

    /** Spark counts executors from 1. */
    private static final String NO_EXECUTOR = "0";

    private final SparkConf conf;
    private final org.apache.spark.SecurityManager security;
    private final KubernetesExecutorBuilder builder;
    private final KubernetesClient client;
    private final Object lock = new Object();
    private final @Nullable DriverSession session;
    private final @Nullable BatchPace pace;
    private @Nullable ResourceProfile profile;
    private @Nullable Map<ResourceProfile, Object> totals;
    private int applied;

    /** Spark calls it by reflection, with these types. */
    public ClampingPodsAllocator(
            SparkConf conf,
            org.apache.spark.SecurityManager security,
            KubernetesExecutorBuilder builder,
            KubernetesClient client,
            ExecutorPodsSnapshotsStore snapshots,
            Clock clock) {
        super(conf, security, builder, client, snapshots, clock);
        this.conf = conf;
        this.security = security;
        this.builder = builder;
        this.client = client;
        session = DriverSession.attach(this, client);
        pace = session == null
                ? null
                : new BatchPace(
                        TimeUnit.MILLISECONDS.toNanos(conf.getTimeAsMs(BATCH_DELAY, ONE_SECOND)), System::nanoTime);
    }

    /** Called under locks of Spark's scheduler, so it must not wait for anything. */
    @Override
    public void setTotalExpectedExecutors(Map<ResourceProfile, Object> asked) {
        synchronized (lock) {
            Map<ResourceProfile, Object> granted = asked;
            if (session != null) {
                try {
                    granted = clamped(asked, session);
                } catch (Exception | LinkageError e) {
                    session.troubles().caught("clamp", e);
                }
            }
            super.setTotalExpectedExecutors(granted);
        }
    }

    private Map<ResourceProfile, Object> clamped(Map<ResourceProfile, Object> asked, DriverSession session) {
        Map<ResourceProfile, Object> granted = asked;
        java.util.Map<Integer, Integer> wanted = new HashMap<>();
        scala.collection.Iterator<ResourceProfile> keys = asked.keysIterator();
        while (keys.hasNext()) {
            ResourceProfile key = keys.next();
            int executors = (Integer) asked.apply(key);
            wanted.put(key.id(), executors);
            if (key.id() == StageLedger.DEFAULT_PROFILE) {
                profile = key;
                totals = asked;
                applied = session.want(executors);
                granted = with(asked, key, applied);
            }
        }
        session.profiles(wanted);
        return granted;
    }

    /** The pod of an executor as Spark would ask for it, under a name that it never gives; empty before it has asked for any. */
    Optional<Pod> next(String appId) {
        ResourceProfile known;
        synchronized (lock) {
            known = profile;
        }
        if (known == null) {
            return Optional.empty();
        }
        SparkPod made = builder.buildFromFeatures(
                        KubernetesConf.createExecutorConf(conf, NO_EXECUTOR, appId, driverPod(), known.id()),
                        security,
                        client,
                        known)
                .pod();
        return Optional.of(new PodBuilder(made.pod())
                .editOrNewMetadata()
                .withName("executor")
                .endMetadata()
                .editOrNewSpec()
                .addToContainers(made.container())
                .endSpec()
                .build());
    }

    /** Asks for what the bounds allow, if that has changed. */
    void reapply(int granted) {
        synchronized (lock) {
            if (profile != null && totals != null && granted != applied) {
                applied = granted;
                super.setTotalExpectedExecutors(with(totals, profile, granted));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<ResourceProfile, Object> with(
            Map<ResourceProfile, Object> totals, ResourceProfile profile, int executors) {
        return (Map<ResourceProfile, Object>) (Map<?, ?>) totals.updated(profile, (Object) executors);
    }

    /** Dynamic allocation's own is set so long that pods which cannot be scheduled would stay for ever. */
    @Override
    public long executorIdleTimeout() {
        return session == null ? super.executorIdleTimeout() : Math.min(super.executorIdleTimeout(), PENDING_MILLIS);
    }

    /** Spark reads it when it is about to ask for pods, and asks for none if it is 0. Its constructor reads it too. */
    @Override
    public int podAllocationSize() {
        return pace == null || pace.mayAsk() ? super.podAllocationSize() : 0;
    }

    /** Spark touches it last in each round. */
    @Override
    public AtomicInteger numOutstandingPods() {
        if (pace != null) {
            pace.roundEnds();
        }
        return super.numOutstandingPods();
    }
}
