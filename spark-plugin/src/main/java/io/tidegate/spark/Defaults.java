package io.tidegate.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** What the plugin needs of Spark's configuration. Whatever the user has set stays. */
final class Defaults {
    /** Bounds cannot be kept with another allocator. */
    static final String ALLOCATOR = "spark.kubernetes.allocation.pods.allocator";

    private static final String PLUGINS = "spark.plugins";

    /** Timeouts by which dynamic allocation would remove executors below the floor, which then are replaced, for ever. */
    private static final List<String> TIMEOUTS =
            List.of(IdleTimeouts.SETTING, IdleTimeouts.CACHED, IdleTimeouts.SHUFFLE);

    private Defaults() {}

    /** Whether executors are asked for by the plugin's allocator, or will be. */
    static boolean clamps(SparkConf conf) {
        return conf.get("spark.master", "").startsWith("k8s") && ours(conf);
    }

    private static boolean ours(SparkConf conf) {
        return conf.get(ALLOCATOR, ClampingPodsAllocator.class.getName()).equals(ClampingPodsAllocator.class.getName());
    }

    /** Sets what is not set, and returns what cannot be done with what is. Must come before Spark builds its scheduler. */
    static List<String> apply(SparkConf conf) {
        List<String> warnings = new ArrayList<>();
        boolean dynamic = conf.getBoolean("spark.dynamicAllocation.enabled", false);
        conf.setIfMissing(ALLOCATOR, ClampingPodsAllocator.class.getName());
        if (!ours(conf)) {
            warnings.add("bounds have no effect, since " + ALLOCATOR + " is set to another allocator");
        }
        if (dynamic && clamps(conf)) {
            List<String> set = TIMEOUTS.stream().filter(conf::contains).toList();
            if (!set.isEmpty()) {
                warnings.add("the floor cannot be held, since " + String.join(", ", set) + " is set");
            }
            // Dynamic allocation tells what Spark wants; letting executors go is the plugin's.
            conf.setIfMissing(IdleTimeouts.SETTING, "365d");
        }
        if (!dynamic && !conf.contains("spark.executor.maxNumFailures")) {
            // Spark's limit is twice the executors that it started with, however many there are by then.
            conf.setIfMissing("spark.executor.failuresValidityInterval", "10m");
        }
        letGoGracefully().forEach(conf::setIfMissing);
        forExecutors(conf);
        return warnings;
    }

    private static Map<String, String> letGoGracefully() {
        return Map.of(
                "spark.decommission.enabled", "true",
                "spark.storage.decommission.enabled", "true",
                // Spark's 30 s is how long an executor without any blocks left would stay.
                "spark.storage.decommission.replicationReattemptInterval", "1s");
    }

    /** Executors are told the driver's configuration, and would have to load a plugin that does nothing there. */
    private static void forExecutors(SparkConf conf) {
        List<String> others = Arrays.stream(conf.get(PLUGINS, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(TidegatePlugin.class.getName()))
                .toList();
        if (others.isEmpty()) {
            conf.remove(PLUGINS);
        } else {
            conf.set(PLUGINS, String.join(",", others));
        }
    }
}
