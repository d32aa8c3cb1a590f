package io.tidegate.spark;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * After which time without a task an executor leaves that no bounds hold, by the rules of Spark's dynamic allocation: the longest of those that
 * apply to it.
 *
 * @param idle of each
 * @param cached of one that holds cached blocks
 * @param shuffle of one that holds shuffle output, even if no job needs it
 * @param tracksShuffle whether shuffle output keeps an executor at all
 */
record IdleTimeouts(Duration idle, Duration cached, Duration shuffle, boolean tracksShuffle) {
    static final String SETTING = "spark.dynamicAllocation.executorIdleTimeout";
    static final String CACHED = "spark.dynamicAllocation.cachedExecutorIdleTimeout";
    static final String SHUFFLE = "spark.dynamicAllocation.shuffleTracking.timeout";

    /** Spark's own default. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static final Duration NEVER = Duration.ofMillis(Long.MAX_VALUE);
    private static final String TRACKING = "spark.dynamicAllocation.shuffleTracking.enabled";

    /**
     * Reads what the user has set, so it must come before the plugin's own settings. Empty if Spark sees to idle executors itself: without
     * dynamic allocation, with a time-out of the user's, and with another allocator.
     */
    static Optional<IdleTimeouts> of(SparkConf conf) {
        if (!conf.getBoolean("spark.dynamicAllocation.enabled", false)
                || conf.contains(SETTING)
                || !Defaults.clamps(conf)) {
            return Optional.empty();
        }
        return Optional.of(
                new IdleTimeouts(IDLE, timeout(conf, CACHED), timeout(conf, SHUFFLE), conf.getBoolean(TRACKING, true)));
    }

    private static Duration timeout(SparkConf conf, String key) {
        return conf.contains(key) ? Duration.ofSeconds(conf.getTimeAsSeconds(key)) : NEVER;
    }

    /** How long an executor stays without a task. */
    Duration patience(boolean cachesBlocks, boolean holdsShuffle) {
        Duration longest = idle;
        if (cachesBlocks && cached.compareTo(longest) > 0) {
            longest = cached;
        }
        if (holdsShuffle && tracksShuffle && shuffle.compareTo(longest) > 0) {
            longest = shuffle;
        }
        return longest;
    }
}
