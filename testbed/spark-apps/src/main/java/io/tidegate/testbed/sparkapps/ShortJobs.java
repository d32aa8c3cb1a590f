package io.tidegate.testbed.sparkapps;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Many short jobs of two stages with pauses between them.
 *
 * <p>Arguments: {@code jobs} (20), {@code tasks} of each stage (8), {@code taskMillis} (200), {@code pauseMillis} (1000).
 * Result: {@code jobs=J sum=S}, where S is J times the sum of 0 to 99.
 */
public final class ShortJobs {
    private static final int NUMBERS = 100;

    private ShortJobs() {}

    public static void main(String[] args) {
        Arguments arguments = new Arguments(args);
        int jobs = arguments.number("jobs", 20);
        int tasks = arguments.number("tasks", 8);
        int taskMillis = arguments.number("taskMillis", 200);
        int pauseMillis = arguments.number("pauseMillis", 1000);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            numbers.add(i);
        }
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            long sum = 0;
            for (int job = 0; job < jobs; job++) {
                Busy.forMillis(job == 0 ? 0 : pauseMillis);
                sum += spark.parallelize(numbers, tasks)
                        .mapPartitions(values -> {
                            Busy.forMillis(taskMillis);
                            return values;
                        })
                        .mapToPair(value -> new Tuple2<>(value % tasks, value.longValue()))
                        .reduceByKey(Long::sum, tasks)
                        .mapPartitions(values -> {
                            Busy.forMillis(taskMillis);
                            return values;
                        })
                        .map(pair -> pair._2)
                        .reduce(Long::sum);
            }
            Outcome.write("jobs=" + jobs + " sum=" + sum);
        }
    }
}
