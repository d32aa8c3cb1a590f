package io.tidegate.collector;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidegate.collector.config.CollectorConfig;
import io.tidegate.collector.config.Settings;
import io.tidegate.collector.facts.ChannelSender;
import io.tidegate.collector.facts.FactPublisher;
import io.tidegate.collector.facts.RecordSender;
import io.tidegate.collector.health.Outages;
import io.tidegate.collector.kafka.KafkaClients;
import io.tidegate.collector.kafka.OwnLogin;
import io.tidegate.collector.kubernetes.ClusterAccess;
import io.tidegate.collector.kubernetes.ClusterWatch;
import io.tidegate.collector.lag.Cadence;
import io.tidegate.collector.lag.LagSampler;
import io.tidegate.collector.loop.Surroundings;
import io.tidegate.collector.loop.ThreadLoop;
import io.tidegate.collector.metrics.CollectorMetrics;
import io.tidegate.collector.prometheus.PrometheusApi;
import io.tidegate.collector.prometheus.QuerySampler;
import io.tidegate.collector.shard.ShardMembership;
import io.tidegate.collector.shard.ViewReader;
import io.tidegate.collector.spark.SparkTelemetry;
import io.tidegate.collector.world.Intervals;
import io.tidegate.collector.world.Ports;
import io.tidegate.collector.world.World;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts everything, as soon as Tidegate's own Kafka is there, and stops it. */
@Singleton
public final class Collector {

    private static final Logger LOG = Logger.getLogger(Collector.class);

    private final CollectorConfig config;
    private final CollectorMetrics metrics;
    private final ChannelSender sender;
    private final ClusterAccess access;
    private final SparkTelemetry spark;
    private final InstantSource clock = InstantSource.system();
    private final Outages outages = new Outages(clock);
    private final ThreadLoop worldLoop = new ThreadLoop("world");
    private final ThreadLoop lagLoop = new ThreadLoop("lag");
    private final OwnKafka ownKafka;
    private volatile @Nullable Parts parts;

    private record Parts(
            World world, ClusterWatch cluster, LagSampler sampler, QuerySampler queries, ShardMembership shards) {}

    /** How things are, for readiness. */
    record State(boolean started, World.Status world, String usage, String signingKeys, Outages outages) {}

    @Inject
    public Collector(
            CollectorConfig config,
            CollectorMetrics metrics,
            ChannelSender sender,
            ClusterAccess access,
            SparkTelemetry spark) {
        this.config = config;
        this.metrics = metrics;
        this.sender = sender;
        this.access = access;
        this.spark = spark;
        this.ownKafka = new OwnKafka(config, outages);
    }

    void start(@Observes StartupEvent event) {
        Settings.check(config);
        registerGauges();
        spark.start(access.signingKeys());
        String instance = Settings.instance(config);
        LOG.infof("collector %s of cluster %s", instance, config.cluster());
        Thread.ofPlatform().name("start").daemon().start(() -> {
            try {
                int partitions = ownKafka.await();
                if (partitions > 0) {
                    assemble(instance, partitions);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        ownKafka.stop();
        Parts running = parts;
        if (running != null) {
            running.shards().close();
            running.cluster().close();
            running.sampler().close();
            running.queries().close();
        }
        spark.close();
        worldLoop.close();
        lagLoop.close();
    }

    State state() {
        Parts running = parts;
        return new State(
                running != null,
                running == null
                        ? new World.Status(false, 0, 0, 0)
                        : running.world().status(),
                running == null ? "not read yet" : running.cluster().usageState(),
                spark.state(),
                outages);
    }

    private void assemble(String instance, int partitions) {
        Surroundings onWorldLoop = new Surroundings(worldLoop, clock, metrics);
        FactPublisher log = new FactPublisher(watching(sender), worldLoop, metrics, instance, clock.instant());
        LagSampler sampler = new LagSampler(
                new KafkaClients(
                        instance,
                        config.lag().fetchWait(),
                        OwnLogin.of(
                                config.kafka().bootstrapServers(),
                                config.kafka().properties()),
                        metrics),
                log::publish,
                cadence(),
                new Surroundings(lagLoop, clock, metrics));
        QuerySampler queries = new QuerySampler(
                new PrometheusApi(config.prometheus().timeout(), clock),
                log::publish,
                config.prometheus().period(),
                new Surroundings(lagLoop, clock, metrics));
        ClusterWatch cluster = access.open(
                new ClusterWatch.Settings(
                        config.cluster(),
                        config.namespaces().orElse(List.of()),
                        config.usage().period(),
                        config.spark().pollPeriod()),
                onWorldLoop,
                outages);
        ViewReader views = new ViewReader(Settings.clients(config), instance);
        World world = new World(
                onWorldLoop,
                new Ports(
                        log,
                        cluster,
                        cluster,
                        sampler::watch,
                        queries::watch,
                        owned -> CompletableFuture.supplyAsync(() -> views.read(owned), Collector::inThread)),
                new World.Settings(config.cluster(), partitions, intervals()));
        ShardMembership shards = new ShardMembership(Settings.clients(config), config.cluster(), instance, world);
        parts = new Parts(world, cluster, sampler, queries, shards);
        cluster.start(world, world::application);
        sampler.start();
        world.start();
        spark.connect(cluster, world::application);
        shards.start();
    }

    private static void inThread(Runnable task) {
        Thread.ofPlatform().name("views").daemon().start(task);
    }

    private Intervals intervals() {
        return new Intervals(
                config.keyframeInterval(), config.tickInterval(), config.lag().heartbeat());
    }

    private Cadence cadence() {
        return new Cadence(
                config.lag().period(),
                config.lag().quietAfter(),
                config.lag().slowCheck(),
                Duration.ofSeconds(1),
                config.lag().heartbeat());
    }

    /** A sender whose failures show in readiness until it succeeds again. */
    private RecordSender watching(RecordSender delegate) {
        return record -> delegate.send(record).whenComplete((nothing, failure) -> {
            if (failure == null) {
                outages.end(OwnKafka.PART);
            } else {
                outages.begin(OwnKafka.PART, "facts can't be published: " + failure.getMessage());
            }
        });
    }

    private void registerGauges() {
        metrics.running(ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.version", String.class)
                .orElse("unknown"));
        metrics.observe(() -> state().world().policies(), () -> state().world().owned(), this::freshness);
        CollectorMetrics.SIGNAL_STATES.forEach(name -> metrics.signalsGauge(name, () -> {
            Parts running = parts;
            return running == null ? 0 : running.sampler().count(name);
        }));
    }

    private double freshness() {
        return Optional.ofNullable(parts)
                .flatMap(running -> running.sampler().oldest())
                .map(oldest -> Duration.between(oldest, clock.instant()).toNanos() / 1e9)
                .orElse(0.0);
    }
}
