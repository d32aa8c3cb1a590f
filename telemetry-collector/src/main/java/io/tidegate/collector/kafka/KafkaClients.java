package io.tidegate.collector.kafka;

import io.tidegate.collector.lag.KafkaClusters;
import io.tidegate.collector.lag.OffsetReader;
import io.tidegate.collector.lag.RecordProbe;
import io.tidegate.collector.lag.RecordWatch;
import io.tidegate.collector.metrics.CollectorMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Opens real clients. They connect by themselves, whenever the cluster is there. */
public final class KafkaClients implements KafkaClusters {

    private static final int REQUEST_TIMEOUT_MILLIS = 2_000;
    private static final int RECONNECT_MILLIS = 1_000;
    /**
     * A producer's default batch size. A response always holds one batch; with less than this it would hold just one, and 100
     * topics that wake together would take 100 round trips: measured 0.5 to 0.9 s, and with this 0.1 to 0.3 s.
     */
    private static final int BATCH_BYTES = 16_384;

    /** Some dozen control records of 78 bytes; a batch of records that is larger comes alone. */
    private static final int PROBE_PARTITION_BYTES = 1_024;

    private static final int PROBE_BYTES = 65_536;
    /** What is looked for is there already. */
    private static final int PROBE_WAIT_MILLIS = 100;

    private final String instance;
    private final Duration fetchWait;
    private final OwnLogin own;
    private final CollectorMetrics metrics;

    /**
     * @param instance name of this collector, for the client ids that brokers log
     * @param fetchWait how long one fetch waits at the broker
     * @param own how to log in where a Connection names Tidegate's own Kafka
     */
    public KafkaClients(String instance, Duration fetchWait, OwnLogin own, CollectorMetrics metrics) {
        this.instance = instance;
        this.fetchWait = fetchWait;
        this.own = own;
        this.metrics = metrics;
    }

    @Override
    public OffsetReader reader(String bootstrapServers) {
        Map<String, Object> settings = common(bootstrapServers, "tidegate-lag-");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 50);
        return new AdminOffsetReader(Admin.create(settings), System::nanoTime, metrics);
    }

    @Override
    public RecordWatch watch(String bootstrapServers, RecordWatch.Listener listener) {
        Map<String, Object> settings = reading(bootstrapServers, "tidegate-watch-");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) fetchWait.toMillis());
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BATCH_BYTES);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) fetchWait.toMillis() + 2 * REQUEST_TIMEOUT_MILLIS);
        return new FetchRecordWatch(consumer(settings), listener, fetchWait, System::nanoTime);
    }

    @Override
    public RecordProbe probe(String bootstrapServers) {
        Map<String, Object> settings = reading(bootstrapServers, "tidegate-probe-");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, PROBE_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, PROBE_WAIT_MILLIS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PROBE_PARTITION_BYTES);
        // One record tells all of a partition, which is then read no further.
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        return new FetchRecordProbe(() -> consumer(settings), System::nanoTime);
    }

    private static Consumer<?, ?> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new NothingDeserializer(), new NothingDeserializer());
    }

    /** A consumer that belongs to no group, and that any record comes to. */
    private Map<String, Object> reading(String bootstrapServers, String clientId) {
        Map<String, Object> settings = common(bootstrapServers, clientId);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return settings;
    }

    private Map<String, Object> common(String bootstrapServers, String clientId) {
        Map<String, Object> settings = new HashMap<>(own.at(bootstrapServers));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + instance);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
