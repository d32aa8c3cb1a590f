package io.tidegate.spark.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.spark.LocalSpark;
import io.tidegate.spark.OnSparkJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnSparkJvm
class StreamingLedgerTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    private final StreamingLedger ledger =
            new StreamingLedger(InstantSource.system(), faults::add, TriggerInterval::of);

    @Test
    void tellsTheLastBatchOfAQuery() throws TimeoutException {
        SparkSession spark =
                SparkSession.builder().config(LocalSpark.conf(folder)).getOrCreate();
        try {
            spark.sparkContext().addSparkListener(ledger);
            StreamingQuery query = spark.readStream()
                    .format("rate")
                    .option("rowsPerSecond", 20)
                    .load()
                    .groupBy("value")
                    .count()
                    .writeStream()
                    .queryName("clicks")
                    .outputMode("update")
                    .format("noop")
                    .option("checkpointLocation", folder.resolve("checkpoint").toString())
                    .trigger(Trigger.ProcessingTime(500))
                    .start();
            await().atMost(SOON)
                    .until(() -> !ledger.view().isEmpty()
                            && ledger.view().get(0).batch() >= 2
                            && ledger.view().get(0).rows() > 0);
            QueryView view = ledger.view().get(0);
            assertEquals("clicks", view.name());
            assertEquals(OptionalLong.of(500), view.times().trigger());
            assertTrue(view.times().batch() >= view.times().addBatch().orElseThrow());
            assertTrue(view.work().tasks() >= 3, () -> view.toString());
            assertTrue(view.work().taskMillis() > 0);
            assertEquals(1, view.work().executors());
            assertTrue(view.inputRate().isPresent());
            assertEquals(OptionalLong.of(3), view.shufflePartitions());
            assertTrue(view.stateful());
            assertEquals(OptionalLong.empty(), view.source().backlog(), "the source does not tell");
            query.stop();
            await().atMost(SOON).until(() -> ledger.view().isEmpty());
        } finally {
            spark.stop();
        }
        assertEquals(List.of(), faults);
    }
}
