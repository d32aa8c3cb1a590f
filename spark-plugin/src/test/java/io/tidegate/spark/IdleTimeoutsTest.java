package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class IdleTimeoutsTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofMillis(Long.MAX_VALUE);

    private final SparkConf conf = new SparkConf(false)
            .set("spark.master", "k8s://https://api-server")
            .set("spark.dynamicAllocation.enabled", "true");

    private Duration patience(boolean cachesBlocks, boolean holdsShuffle) {
        return IdleTimeouts.of(conf).orElseThrow().patience(cachesBlocks, holdsShuffle);
    }

    @Test
    void areSparksOwnByDefault() {
        assertEquals(MINUTE, patience(false, false));
        assertEquals(NEVER, patience(true, false));
        assertEquals(NEVER, patience(false, true));
    }

    @Test
    void areTheLongestThatApplies() {
        conf.set("spark.dynamicAllocation.cachedExecutorIdleTimeout", "5m")
                .set("spark.dynamicAllocation.shuffleTracking.timeout", "30s");
        assertEquals(MINUTE, patience(false, true));
        assertEquals(Duration.ofMinutes(5), patience(true, true));
    }

    @Test
    void passOverShuffleThatSparkDoesNotTrack() {
        conf.set("spark.dynamicAllocation.shuffleTracking.enabled", "false");
        assertEquals(MINUTE, patience(false, true));
    }

    @Test
    void areSparksBusinessIfTheUserHasSetOneOrThereIsNoDynamicAllocation() {
        conf.set(IdleTimeouts.SETTING, "5s");
        assertEquals(Optional.empty(), IdleTimeouts.of(conf));
        conf.remove(IdleTimeouts.SETTING);
        conf.set("spark.dynamicAllocation.enabled", "false");
        assertEquals(Optional.empty(), IdleTimeouts.of(conf));
    }
}
