package io.tidegate.it.plugin;

import io.tidegate.testbed.spark.SampleApp;
import io.tidegate.testbed.spark.SparkAppSpec;

/** One job of two stages that always has more tasks than executors; each task takes a second, and the second stage reads what the first wrote. */
final class Saturated {
    private static final int ROWS = 100;

    private Saturated() {}

    static SparkAppSpec job(String namespace, String name, int tasks) {
        return job(namespace, name, SampleApp.SATURATED, tasks);
    }

    /** The job as part of another application. */
    static SparkAppSpec job(String namespace, String name, SampleApp app, int tasks) {
        return SparkAppSpec.of(namespace, name, app)
                .withArguments("tasks=" + tasks, "taskMillis=1000", "rounds=1", "rows=" + ROWS);
    }

    /** What a job of so many tasks gives if no row is lost or doubled. */
    static String result(int tasks) {
        long rows = (long) tasks * ROWS;
        return "rows=" + rows + " bytes=" + rows * 1024 + " keys=" + rows * (rows - 1) / 2;
    }
}
