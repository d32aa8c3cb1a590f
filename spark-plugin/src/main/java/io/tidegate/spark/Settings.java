package io.tidegate.spark;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * What the plugin is told by Spark's configuration.
 *
 * @param collector address of the collector; without one, nothing is sent
 * @param tokenFile file that holds the token for the collector
 * @param silence how long without a word from outside until the bounds are lifted
 * @param namespace namespace of the driver pod
 * @param driverPod name of the driver pod; absent if the driver runs outside of the cluster
 * @param dynamic whether dynamic allocation is on
 * @param configuredExecutors most executors that Spark itself was configured with
 * @param slots tasks that an executor runs at a time
 * @param idle when executors without bounds leave; absent if that is Spark's business
 */
record Settings(
        Optional<URI> collector,
        Path tokenFile,
        Duration silence,
        String namespace,
        Optional<String> driverPod,
        boolean dynamic,
        int configuredExecutors,
        int slots,
        Optional<IdleTimeouts> idle) {
    private static final String PREFIX = "spark.tidegate.";

    /** Both sides are heard of each 5 s when all is well, so less would be taken for silence now and then. */
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(20);

    static boolean enabled(SparkConf conf) {
        return conf.getBoolean(PREFIX + "enabled", true);
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if a value is not one that is allowed
     */
    static Settings of(SparkConf conf) {
        boolean dynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        int configured = dynamic
                ? conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE)
                : conf.getInt("spark.executor.instances", 2);
        int cores = conf.getInt("spark.executor.cores", 1);
        int perTask = Math.max(1, conf.getInt("spark.task.cpus", 1));
        String driverPod = conf.get("spark.kubernetes.driver.pod.name", "");
        return new Settings(
                collector(conf.get(PREFIX + "collector.url", "")),
                Path.of(conf.get(PREFIX + "collector.tokenFile", "/var/run/secrets/tidegate/token")),
                silence(conf),
                conf.get("spark.kubernetes.namespace", "default"),
                driverPod.isEmpty() ? Optional.empty() : Optional.of(driverPod),
                dynamic,
                configured,
                Math.max(1, cores / perTask),
                IdleTimeouts.of(conf));
    }

    private static Duration silence(SparkConf conf) {
        Duration silence = Duration.ofMillis(conf.getTimeAsMs(PREFIX + "silence", "3m"));
        if (silence.compareTo(LEAST_SILENCE) < 0) {
            throw new IllegalArgumentException(PREFIX + "silence must be at least 20s");
        }
        return silence;
    }

    private static Optional<URI> collector(String url) {
        if (url.isBlank()) {
            return Optional.empty();
        }
        URI uri = URI.create(url.strip());
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(PREFIX + "collector.url must be an http or https address with a host");
        }
        return Optional.of(uri);
    }
}
