package io.tidegate.spark;

import com.codahale.metrics.Gauge;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code spark.plugins} names. It must never cost a job: whatever fails in it leaves Spark as it is without it, and so
 * does a Spark that it was not built for.
 */
public final class TidegatePlugin implements SparkPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(TidegatePlugin.class);

    private final Predicate<String> supported;

    /** Spark calls it by reflection. */
    public TidegatePlugin() {
        this(SupportedSpark::includes);
    }

    /** @param supported tells of a version of Spark whether it is one that the plugin was built for */
    TidegatePlugin(Predicate<String> supported) {
        this.supported = supported;
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new Driver(supported);
    }

    /** Executors need nothing. */
    @Override
    @SuppressWarnings("NullAway") // Null is how a plugin says that it has no such part.
    public ExecutorPlugin executorPlugin() {
        return null;
    }

    private static final class Driver implements DriverPlugin {
        private final Predicate<String> supported;
        private volatile @Nullable DriverSession session;

        Driver(Predicate<String> supported) {
            this.supported = supported;
        }

        @Override
        public Map<String, String> init(SparkContext context, PluginContext plugin) {
            try {
                if (!Settings.enabled(context.conf())) {
                    return Map.of();
                }
                if (!supported.test(context.version())) {
                    LOG.warn("Tidegate does not know Spark {} and leaves it alone", context.version());
                    return Map.of();
                }
                DriverSession opened = DriverSession.open(context);
                session = opened;
                plugin.metricRegistry().register("faults", (Gauge<Long>)
                        () -> opened.troubles().faults());
            } catch (Exception | LinkageError e) {
                LOG.warn("Tidegate cannot start, Spark goes on without it", e);
            }
            return Map.of();
        }

        /** Called when the scheduler is built. */
        @Override
        public void registerMetrics(String appId, PluginContext plugin) {
            DriverSession opened = session;
            if (opened == null) {
                return;
            }
            opened.troubles().guard("start", () -> {
                opened.start(appId);
                plugin.metricRegistry().register("droppedSnapshots", (Gauge<Long>) opened::dropped);
                plugin.metricRegistry().register("drainWaves", (Gauge<Long>) opened::waves);
            });
        }

        @Override
        public void shutdown() {
            DriverSession opened = session;
            if (opened != null) {
                opened.stop();
            }
        }
    }
}
