package io.tidegate.testbed.sparkapps;

import java.util.Collections;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * A map stage of equal tasks, and a last stage in which a few take far longer than the rest.
 *
 * <p>Arguments: {@code tasks} of each stage (16), {@code taskMillis} (500), {@code longTasks} (2),
 * {@code longMillis} (20000). Result: {@code partitions=P sum=S}, where P is the number of tasks and S the sum of the
 * task numbers.
 */
public final class SkewedJob {
    private SkewedJob() {}

    public static void main(String[] args) {
        Arguments arguments = new Arguments(args);
        int tasks = arguments.number("tasks", 16);
        int taskMillis = arguments.number("taskMillis", 500);
        int longTasks = arguments.number("longTasks", 2);
        int longMillis = arguments.number("longMillis", 20_000);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            Tuple2<Integer, Long> result = spark.parallelize(Collections.nCopies(tasks, 0), tasks)
                    .mapPartitionsWithIndex(
                            (task, values) -> {
                                Busy.forMillis(taskMillis);
                                return Collections.singletonList(task).iterator();
                            },
                            false)
                    .mapToPair(task -> new Tuple2<>(task, task.longValue()))
                    .reduceByKey(Long::sum, tasks)
                    .mapPartitionsWithIndex(
                            (task, values) -> {
                                Busy.forMillis(task < longTasks ? longMillis : taskMillis);
                                long sum = 0;
                                while (values.hasNext()) {
                                    sum += values.next()._2;
                                }
                                return Collections.singletonList(new Tuple2<>(1, sum))
                                        .iterator();
                            },
                            false)
                    .reduce((left, right) -> new Tuple2<>(left._1 + right._1, left._2 + right._2));
            Outcome.write("partitions=" + result._1 + " sum=" + result._2);
        }
    }
}
