package io.tidegate.spark;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.spark.push.CollectorStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

@OnSparkJvm
class TidegatePluginTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SparkConf withPlugin() {
        return LocalSpark.conf(folder)
                .set("spark.plugins", TidegatePlugin.class.getName())
                .set("spark.canary.password", "canary-conf");
    }

    private static long run(SparkConf conf) {
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            return spark.parallelize(List.of(1, 2, 3), 2)
                    .mapToPair(value -> new Tuple2<>(value % 2, value))
                    .reduceByKey(Integer::sum)
                    .count();
        }
    }

    @Test
    void tellsNumbersAndNothingElse() throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "canary-token");
        try (CollectorStub collector = new CollectorStub()) {
            SparkConf conf = withPlugin()
                    .set("spark.tidegate.collector.url", collector.address().toString())
                    .set("spark.tidegate.collector.tokenFile", token.toString());
            SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
            try {
                spark.sparkContext().setJobGroup("canary-group", "canary-description", false);
                assertEquals(
                        7,
                        spark.range(1000)
                                .selectExpr("id % 7 AS canary")
                                .distinct()
                                .count());
                await().atMost(SOON)
                        .until(() -> collector.snapshots().stream().anyMatch(TidegatePluginTest::isAfterAJob));
            } finally {
                spark.stop();
            }
            assertTrue(collector.tokens().stream().allMatch("Bearer canary-token"::equals));
            String user = System.getProperty("user.name");
            for (String body : collector.bodies()) {
                assertFalse(body.contains("canary"), body);
                assertFalse(body.contains("\"" + user + "\""), body);
            }
        }
    }

    private static boolean isAfterAJob(JsonNode snapshot) {
        return snapshot.get("activeJobs").asInt() == 0
                && snapshot.get("idleMillis").asInt() > 0;
    }

    @Test
    void leavesTheJobAloneWithoutACollector() {
        assertEquals(2, run(withPlugin()));
    }

    @Test
    void leavesTheJobAloneIfItsOwnSettingsAreBad() {
        assertEquals(2, run(withPlugin().set("spark.tidegate.collector.url", "ftp://canary")));
        assertEquals(2, run(withPlugin().set("spark.tidegate.silence", "canary")));
    }

    @Test
    void leavesASparkAloneThatItWasNotBuiltForAndSaysSoOnce() {
        try (JavaSparkContext spark = new JavaSparkContext(LocalSpark.conf(folder));
                WarningCount warnings = WarningCount.of(TidegatePlugin.class)) {
            Map<String, String> before = settings(spark);
            DriverPlugin plugin = new TidegatePlugin(version -> false).driverPlugin();
            plugin.init(spark.sc(), null);
            plugin.registerMetrics("app", null);
            plugin.shutdown();
            assertEquals(before, settings(spark));
            assertEquals(1, warnings.count());
        }
    }

    private static Map<String, String> settings(JavaSparkContext spark) {
        return Stream.of(spark.sc().conf().getAll()).collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
    }

    @Test
    void leavesTheJobAloneIfItIsSwitchedOff() {
        SparkConf conf = withPlugin().set("spark.tidegate.enabled", "false");
        assertEquals(2, run(conf));
        assertFalse(conf.contains("spark.decommission.enabled"));
    }
}
