package io.tidegate.spark.scale;

import org.apache.spark.SparkConf;

/** Breaks a rule on purpose. */
public final class Planted {
    private Planted() {}

    public static SparkConf conf() {
        return new SparkConf(false);
    }
}
