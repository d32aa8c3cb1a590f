package io.tidegate.policyengine.topology;

import io.tidegate.policyengine.EngineConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams: a fact passes at once, and nothing spins while none comes. */
public final class StreamsSettings {

    private static final int SESSION_TIMEOUT_MS = 6_000;
    private static final int GROUP_HEARTBEAT_MS = 1_000;

    /** A changelog record holds at most {@link io.tidegate.policyengine.state.EngineStore#MAX_VALUE_BYTES}. */
    private static final int MAX_REQUEST_BYTES = 2 << 20;

    private StreamsSettings() {}

    /** The settings. */
    public static Properties of(EngineConfig config, String instanceId, Path stateDir, EngineAddress address) {
        EngineIdentity identity = EngineIdentity.of(config);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, identity.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, identity.clientId(instanceId));
        settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address.toString());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                config.topics().replicationFactor().orElse(-1));
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 0L);
        settings.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, RefusedOutputs.class);
        consumer(settings, instanceId);
        producer(settings);
        config.kafka().properties().forEach(settings::put);
        return settings;
    }

    /** Settings of a client that is not Kafka Streams' own. */
    public static Map<String, Object> client(EngineConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().properties());
        settings.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        return settings;
    }

    private static void consumer(Properties settings, String instanceId) {
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, GROUP_HEARTBEAT_MS);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    }

    private static void producer(Properties settings) {
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        // Nothing waits for a batch to fill, so most hold few records, and each would cost a compressor (ADR 19).
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    }
}
