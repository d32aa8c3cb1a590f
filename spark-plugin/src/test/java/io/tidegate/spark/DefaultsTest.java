package io.tidegate.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    private static final String IDLE = "spark.dynamicAllocation.executorIdleTimeout";

    private final SparkConf conf = new SparkConf(false).set("spark.master", "k8s://https://api-server");

    private List<String> applyWithDynamicAllocation() {
        conf.set("spark.dynamicAllocation.enabled", "true");
        return Defaults.apply(conf);
    }

    @Test
    void haveExecutorsLetGoByThePluginAlone() {
        assertEquals(List.of(), applyWithDynamicAllocation());
        assertEquals(365 * 24 * 3600, conf.getTimeAsSeconds(IDLE));
        assertEquals("io.tidegate.spark.ClampingPodsAllocator", conf.get("spark.kubernetes.allocation.pods.allocator"));
        assertTrue(conf.getBoolean("spark.decommission.enabled", false));
        assertTrue(conf.getBoolean("spark.storage.decommission.enabled", false));
        assertEquals("1s", conf.get("spark.storage.decommission.replicationReattemptInterval"));
    }

    @Test
    void leaveWhatTheUserHasSet() {
        conf.set(IDLE, "60s").set("spark.decommission.enabled", "false");
        assertEquals(
                List.of("the floor cannot be held, since spark.dynamicAllocation.executorIdleTimeout is set"),
                applyWithDynamicAllocation());
        assertEquals("60s", conf.get(IDLE));
        assertEquals("false", conf.get("spark.decommission.enabled"));
    }

    @Test
    void sayThatAnotherAllocatorIsInTheWay() {
        conf.set(Defaults.ALLOCATOR, "statefulset");
        assertEquals(
                List.of("bounds have no effect, since spark.kubernetes.allocation.pods.allocator is set to another"
                        + " allocator"),
                applyWithDynamicAllocation());
        assertEquals("statefulset", conf.get(Defaults.ALLOCATOR));
        assertFalse(conf.contains(IDLE), "it would let no executor go");
    }

    @Test
    void leaveDynamicAllocationAloneWhereThereAreNoPods() {
        conf.set("spark.master", "yarn");
        assertEquals(List.of(), applyWithDynamicAllocation());
        assertFalse(conf.contains(IDLE));
    }

    @Test
    void countFailuresOfTheLastMinutesOnlyWithoutDynamicAllocation() {
        Defaults.apply(conf);
        assertEquals("10m", conf.get("spark.executor.failuresValidityInterval"));
        assertFalse(conf.contains(IDLE));
    }

    @Test
    void leaveTheLimitOfFailuresToTheUser() {
        conf.set("spark.executor.maxNumFailures", "5");
        Defaults.apply(conf);
        assertFalse(conf.contains("spark.executor.failuresValidityInterval"));
    }

    @Test
    void keepThePluginFromExecutors() {
        conf.set("spark.plugins", "a.Plugin, io.tidegate.spark.TidegatePlugin,b.Plugin");
        Defaults.apply(conf);
        assertEquals("a.Plugin,b.Plugin", conf.get("spark.plugins"));
        conf.set("spark.plugins", "io.tidegate.spark.TidegatePlugin");
        Defaults.apply(conf);
        assertFalse(conf.contains("spark.plugins"));
    }
}
