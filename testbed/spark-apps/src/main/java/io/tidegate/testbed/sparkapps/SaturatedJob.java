package io.tidegate.testbed.sparkapps;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ExecutorResourceRequests;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Rounds of shuffles: rows are made in the first stage, and moved to other partitions in each further one.
 *
 * <p>Arguments: {@code rounds} (2), {@code tasks} of each stage (48), {@code taskMillis} (1000), {@code rows} of each
 * task (1000), {@code rowBytes} (1024, which are not compressible), {@code pauseMillis} (0) between the rounds and a
 * further job that reads the last round's shuffle data again, {@code profile} (0; 1 runs the last stage on executors of
 * a resource profile of its own, for which dynamic allocation must be on). Result: {@code rows=R bytes=B keys=K}, where
 * R is tasks times rows, B is R times rowBytes, and K the sum of all keys, which are 0 to R - 1.
 */
public final class SaturatedJob {
    private SaturatedJob() {}

    public static void main(String[] args) {
        Arguments arguments = new Arguments(args);
        int pauseMillis = arguments.number("pauseMillis", 0);
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            JavaPairRDD<Long, byte[]> rows = rows(spark, arguments);
            if (arguments.number("profile", 0) > 0) {
                // It changes the data set itself, not a copy.
                rows.rdd().withResources(ownProfile());
            }
            if (pauseMillis > 0) {
                System.out.println("MOVED rows=" + rows.count());
                Busy.forMillis(pauseMillis);
            }
            Totals totals =
                    rows.map(row -> new Totals(1, row._2.length, row._1)).reduce(Totals::plus);
            Outcome.write("rows=" + totals.rows() + " bytes=" + totals.bytes() + " keys=" + totals.keys());
        }
    }

    private static JavaPairRDD<Long, byte[]> rows(JavaSparkContext spark, Arguments arguments) {
        int rounds = arguments.number("rounds", 2);
        int tasks = arguments.number("tasks", 48);
        int taskMillis = arguments.number("taskMillis", 1000);
        int rows = arguments.number("rows", 1000);
        int rowBytes = arguments.number("rowBytes", 1024);
        JavaPairRDD<Long, byte[]> data = spark.parallelize(Collections.nCopies(tasks, 0), tasks)
                .mapPartitionsWithIndex(
                        (task, values) -> {
                            Busy.forMillis(taskMillis);
                            return new Rows((long) task * rows, rows, rowBytes);
                        },
                        false)
                .mapToPair(row -> row);
        for (int round = 0; round < rounds; round++) {
            data = data.partitionBy(new Mixing(tasks, round)).mapPartitionsToPair(values -> {
                Busy.forMillis(taskMillis);
                return values;
            });
        }
        return data;
    }

    private static ResourceProfile ownProfile() {
        return new ResourceProfileBuilder()
                .require(new ExecutorResourceRequests().cores(1).memory("400m"))
                .require(new TaskResourceRequests().cpus(1))
                .build();
    }

    /** Sends the rows of each partition to all others, in each round in another way. */
    private static final class Mixing extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;
        private final int round;

        Mixing(int partitions, int round) {
            this.partitions = partitions;
            this.round = round;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return new SplittableRandom((Long) key * (round + 1)).nextInt(partitions);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Mixing mixing && mixing.partitions == partitions && mixing.round == round;
        }

        @Override
        public int hashCode() {
            return Objects.hash(partitions, round);
        }
    }

    /** What is counted of the rows. */
    record Totals(long rows, long bytes, long keys) implements Serializable {
        Totals plus(Totals other) {
            return new Totals(rows + other.rows, bytes + other.bytes, keys + other.keys);
        }
    }

    /** Rows with keys in turn and bytes that no compression makes smaller, made one by one. */
    private static final class Rows implements Iterator<Tuple2<Long, byte[]>> {
        private final long end;
        private final int rowBytes;
        private final Random random;
        private long next;

        Rows(long first, int count, int rowBytes) {
            this.next = first;
            this.end = first + count;
            this.rowBytes = rowBytes;
            this.random = new Random(first);
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Tuple2<Long, byte[]> next() {
            byte[] bytes = new byte[rowBytes];
            random.nextBytes(bytes);
            return new Tuple2<>(next++, bytes);
        }
    }
}
