package io.tidegate.spark;

import java.nio.file.Path;
import org.apache.spark.SparkConf;

/** Settings of a Spark that runs in the JVM of the tests. */
public final class LocalSpark {
    private LocalSpark() {}

    public static SparkConf conf(Path folder) {
        return new SparkConf(false)
                .setMaster("local[2]")
                .setAppName("canary-application")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", folder.toString())
                .set("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .set("spark.sql.shuffle.partitions", "3");
    }
}
