package io.tidegate.policyengine.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.topic.DomainPartitions;
import io.tidegate.policyengine.state.EngineStore;
import io.tidegate.policyengine.state.StoredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jboss.logging.Logger;

/** The running topology. */
public final class EngineStreams {

    private static final Logger LOG = Logger.getLogger(EngineStreams.class);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;
    private final EngineAddress self;
    private final int partitions;

    private EngineStreams(
            KafkaStreams streams, KafkaStreamsMetrics streamsMetrics, EngineAddress self, int partitions) {
        this.streams = streams;
        this.streamsMetrics = streamsMetrics;
        this.self = self;
        this.partitions = partitions;
    }

    /** Starts the topology. */
    public static EngineStreams start(
            EngineParts parts, Properties settings, EngineAddress self, MeterRegistry registry) {
        CommittedOffsets committed = new CommittedOffsets();
        Properties watched = new Properties();
        watched.putAll(settings);
        committed.watch(watched);
        KafkaStreams streams = new KafkaStreams(EngineTopology.build(parts, committed), watched);
        streams.setUncaughtExceptionHandler(new ThreadFailures(parts.wallClock()));
        streams.setStateListener((next, before) -> LOG.infof("engine state=%s before=%s", next, before));
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(registry);
        parts.metrics().countOutputsRefused(RefusedOutputs::count);
        streams.start();
        return new EngineStreams(streams, streamsMetrics, self, parts.partitions());
    }

    /** Leaves the group, so that another instance takes over at once, and stops. */
    public void stop(Duration timeout) {
        streamsMetrics.close();
        boolean stopped =
                streams.close(new KafkaStreams.CloseOptions().timeout(timeout).leaveGroup(true));
        if (!stopped) {
            LOG.warnf("engine did not stop within %s", timeout);
        }
    }

    /** Whether facts are being read, of all partitions that this instance has. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it has given up. */
    public boolean hasFailed() {
        return switch (streams.state()) {
            case ERROR, PENDING_ERROR -> true;
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> false;
        };
    }

    /** The state in a word. */
    public String state() {
        return streams.state().name();
    }

    /** Who can answer for a workload. */
    public Owner owner(WorkloadId workload) {
        if (!isRunning()) {
            return new Owner.Nobody("the engine is " + state());
        }
        int partition = DomainPartitions.of(workload, partitions);
        KeyQueryMetadata metadata =
                streams.queryMetadataForKey(EngineStore.NAME, workload.toString(), new DomainStreamPartitioner());
        if (KeyQueryMetadata.NOT_AVAILABLE.equals(metadata)) {
            return new Owner.Nobody("the partitions are being assigned");
        }
        EngineAddress active = new EngineAddress(
                metadata.activeHost().host(), metadata.activeHost().port());
        if (!active.equals(self)) {
            return "unavailable".equals(active.host())
                    ? new Owner.Nobody("nobody has partition " + partition)
                    : new Owner.Elsewhere(active);
        }
        try {
            return new Owner.Here(stored(partition));
        } catch (StreamsException e) {
            return new Owner.Nobody("partition " + partition + " is being taken over");
        }
    }

    /** The stores of the partitions that this instance has. */
    public List<StoredState> local() {
        List<StoredState> stores = new ArrayList<>();
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            thread.activeTasks().forEach(task -> stores.add(stored(task.taskId())));
        }
        return stores;
    }

    private StoredState stored(TaskId task) {
        return stored(task.partition());
    }

    private StoredState stored(int partition) {
        return new StoredState(
                streams.store(StoreQueryParameters.fromNameAndType(
                                EngineStore.NAME, QueryableStoreTypes.<String, byte[]>keyValueStore())
                        .withPartition(partition)),
                (key, why) -> LOG.debugf("state could not be read key=%s reason=%s", key, why));
    }
}
