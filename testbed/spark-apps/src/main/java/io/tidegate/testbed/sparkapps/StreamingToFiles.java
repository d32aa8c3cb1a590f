package io.tidegate.testbed.sparkapps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Kafka to files. Each batch is a folder {@code batch-N} with one line {@code partition:offset} per record; a batch that
 * is done again replaces its folder. So a record that is lost or doubled shows.
 *
 * <p>Arguments: {@code bootstrap}, {@code topic}, {@code folder} (checkpoint and output), {@code query} (its name),
 * {@code triggerMillis} (2000), {@code shufflePartitions} (8), {@code recordMicros} that each record takes (0),
 * {@code batchRecords}, the most that one batch takes (unlimited). It runs until {@code <folder>/stop} is there. Result:
 * {@code lines=L records=R}, where R counts those that differ; equal when each came out exactly once.
 */
public final class StreamingToFiles {
    private static final int MICROS_PER_MILLI = 1000;
    private static final long STOP_CHECK_MILLIS = 500;

    private StreamingToFiles() {}

    public static void main(String[] args) throws TimeoutException, StreamingQueryException {
        Arguments arguments = new Arguments(args);
        Path folder = Path.of(arguments.text("folder"));
        SparkSession spark = SparkSession.builder().getOrCreate();
        try {
            StreamingQuery query = start(spark, arguments, folder);
            while (!query.awaitTermination(STOP_CHECK_MILLIS)) {
                if (Files.exists(folder.resolve("stop"))) {
                    query.processAllAvailable();
                    query.stop();
                }
            }
            Dataset<Row> lines = spark.read().text(folder.resolve("output") + "/batch-*");
            Outcome.write(
                    "lines=" + lines.count() + " records=" + lines.distinct().count());
        } finally {
            spark.stop();
        }
    }

    private static StreamingQuery start(SparkSession spark, Arguments arguments, Path folder) throws TimeoutException {
        int shufflePartitions = arguments.number("shufflePartitions", 8);
        int recordMicros = arguments.number("recordMicros", 0);
        String output = folder.resolve("output").toString();
        Dataset<String> records = source(spark, arguments)
                .selectExpr("concat(partition, ':', offset) AS id")
                .as(Encoders.STRING())
                .repartition(shufflePartitions)
                .mapPartitions(
                        (MapPartitionsFunction<String, String>) ids -> new Slow(ids, recordMicros), Encoders.STRING());
        return records.writeStream()
                .queryName(arguments.text("query"))
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .trigger(Trigger.ProcessingTime(arguments.number("triggerMillis", 2000)))
                .foreachBatch((VoidFunction2<Dataset<String>, Long>)
                        (batch, number) -> batch.write().mode("overwrite").text(output + "/batch-" + number))
                .start();
    }

    private static Dataset<Row> source(SparkSession spark, Arguments arguments) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", arguments.text("bootstrap"))
                .option("subscribe", arguments.text("topic"))
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", arguments.number("batchRecords", Integer.MAX_VALUE))
                .load();
    }

    /** Takes its time for each element, in whole milliseconds as they add up. */
    private static final class Slow implements Iterator<String> {
        private final Iterator<String> ids;
        private final int recordMicros;
        private long owedMicros;

        Slow(Iterator<String> ids, int recordMicros) {
            this.ids = ids;
            this.recordMicros = recordMicros;
        }

        @Override
        public boolean hasNext() {
            return ids.hasNext();
        }

        @Override
        public String next() {
            owedMicros += recordMicros;
            Busy.forMillis(owedMicros / MICROS_PER_MILLI);
            owedMicros %= MICROS_PER_MILLI;
            return ids.next();
        }
    }
}
