package io.tidegate.spark.ledger;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidegate.spark.LocalSpark;
import io.tidegate.spark.OnSparkJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

@OnSparkJvm
class StageLedgerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Tasks run in this JVM, so they can be held up from here. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    @TempDir
    static Path folder;

    private final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    private final StageLedger ledger = new StageLedger(InstantSource.system(), faults::add, () -> {});
    private JavaSparkContext spark;

    @BeforeEach
    void startSpark() {
        spark = new JavaSparkContext(LocalSpark.conf(folder));
        spark.sc().addSparkListener(ledger);
    }

    @AfterEach
    void stopSpark() {
        gate.countDown();
        spark.stop();
        assertEquals(List.of(), faults);
    }

    private static Integer held(Integer value) throws InterruptedException {
        gate.await();
        return value;
    }

    private List<StageView> stages() {
        return ledger.view(100).stages();
    }

    private JavaPairRDD<Integer, Integer> mapped(int tasks) {
        return spark.parallelize(List.of(1, 2, 3, 4, 5, 6), tasks)
                .map(StageLedgerTest::held)
                .mapToPair(value -> new Tuple2<>(value % 3, value));
    }

    @Test
    void tellsOfStagesThatRunAndThatWait() {
        gate = new CountDownLatch(1);
        JavaPairRDD<Integer, Integer> sums = mapped(4).reduceByKey(Integer::sum, 3);
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(sums::count);
        await().atMost(SOON)
                .until(() -> stages().size() == 2 && stages().get(0).tasks().running() == 2);

        StageView map = stages().get(0);
        assertTrue(map.active());
        assertEquals(new StageView.Tasks(4, 2, 0, 0), map.tasks());
        assertTrue(map.times().isEmpty());
        assertTrue(map.oldestRunningMillis().isPresent());
        assertEquals(List.of(), map.parents());
        StageView reduce = stages().get(1);
        assertFalse(reduce.active());
        assertEquals(new StageView.Tasks(3, 0, 0, 0), reduce.tasks());
        assertEquals(List.of(map.id()), reduce.parents());
        assertEquals(1, ledger.view(100).active());
        assertEquals(0, ledger.view(100).idleMillis());
        assertEquals(1, ledger.view(1).omitted());

        ShuffleReaders readers = ledger.readers();
        assertEquals(Set.of(), readers.read());
        assertEquals(Set.of(0), readers.live());
        assertTrue(readers.within(0, 1), "the map stage may end at any moment");
        assertEquals(Set.of("driver"), ledger.writers().of(0));

        gate.countDown();
        assertEquals(3, job.join());
        await().atMost(SOON).until(() -> ledger.view(100).active() == 0);
        assertEquals(List.of(), stages());
        assertEquals(Set.of(), ledger.readers().live());
    }

    @Test
    void readsShuffleWhileTheReducersRun() {
        JavaPairRDD<Integer, Integer> mapped = mapped(4);
        gate = new CountDownLatch(0);
        JavaPairRDD<Integer, Integer> held = mapped.reduceByKey(Integer::sum, 2).mapValues(ReduceGate::held);
        ReduceGate.close();
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(held::count);
        await().atMost(SOON).until(() -> !ledger.readers().read().isEmpty());

        assertEquals(Set.of(0), ledger.readers().read());
        assertTrue(ledger.readers().within(0, 0));
        assertTrue(ledger.writers().bytesOfOutput(0).isPresent());
        assertEquals(1, stages().size());
        assertFalse(ledger.readers().untold());
        ReduceGate.open();
        job.join();
    }

    @Test
    void knowsThatAStageIsSkipped() {
        JavaPairRDD<Integer, Integer> sums =
                mapped(4).reduceByKey(Integer::sum, 2).mapValues(ReduceGate::held);
        ReduceGate.open();
        sums.count();
        ReduceGate.close();
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(sums::count);
        await().atMost(SOON)
                .until(() -> stages().stream().anyMatch(stage -> stage.tasks().running() > 0));

        assertEquals(1, stages().size());
        assertEquals(Set.of(0), ledger.readers().read());
        ReduceGate.open();
        job.join();
    }

    @Test
    void countsWhatIsDoneAndFailed() {
        List<StageView> seen = new ArrayList<>();
        gate = new CountDownLatch(0);
        JavaPairRDD<Integer, Integer> held = spark.parallelize(List.of(1, 2, 3, 4), 4)
                .mapToPair(value -> new Tuple2<>(value, value == 4 ? ReduceGate.held(value) : value));
        ReduceGate.close();
        CompletableFuture<Long> job = CompletableFuture.supplyAsync(held::count);
        await().atMost(SOON)
                .until(() -> stages().size() == 1 && stages().get(0).tasks().done() == 3);
        seen.addAll(stages());
        ReduceGate.open();
        job.join();

        StageView.Times times = seen.get(0).times().orElseThrow();
        assertEquals(new StageView.Tasks(4, 1, 3, 0), seen.get(0).tasks());
        assertTrue(times.p50() <= times.p95() && times.p95() <= times.max() && times.max() <= times.sum());
    }

    @Test
    void keepsTheShuffleOfAQueryUntilItIsRead() {
        SparkSession session = SparkSession.builder().getOrCreate();
        session.udf()
                .register(
                        "held",
                        (UDF1<Long, Long>) value -> {
                            ReduceGate.held(0);
                            return value;
                        },
                        DataTypes.LongType);
        session.range(0, 100, 1, 2).createOrReplaceTempView("left");
        // Spark may begin with either side, so the one that is held up must leave a slot for the other.
        session.range(0, 100, 1, 1).selectExpr("held(id) AS id").createOrReplaceTempView("right");
        ReduceGate.close();
        CompletableFuture<List<Row>> query = CompletableFuture.supplyAsync(
                () -> session.sql("SELECT /*+ MERGE(right) */ count(*) FROM left JOIN right ON left.id = right.id")
                        .collectAsList());
        // The job of one side has ended, that of the other is held up, and none is there yet that joins them.
        await().atMost(SOON)
                .until(() -> ledger.view(100).active() == 1
                        && stages().stream().anyMatch(stage -> stage.tasks().running() == 1)
                        && ledger.readers().live().size() == 2);
        assertEquals(Set.of(), ledger.readers().read());
        assertTrue(ledger.readers().live().stream()
                .allMatch(shuffle -> ledger.readers().within(shuffle, 1)));

        ReduceGate.open();
        assertEquals(100, query.join().get(0).getLong(0));
        await().atMost(SOON).until(() -> ledger.readers().live().isEmpty());
        assertEquals(List.of(), stages());
    }

    /** Holds up tasks of a second stage. */
    static final class ReduceGate {
        private static volatile CountDownLatch latch = new CountDownLatch(0);

        private ReduceGate() {}

        static void close() {
            latch = new CountDownLatch(1);
        }

        static void open() {
            latch.countDown();
        }

        static Integer held(Integer value) throws InterruptedException {
            latch.await();
            return value;
        }
    }
}
