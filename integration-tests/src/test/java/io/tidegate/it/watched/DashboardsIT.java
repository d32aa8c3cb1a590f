package io.tidegate.it.watched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.it.watched.ShippedQueries.Shipped;
import io.tidegate.testbed.demo.DemoStage;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.PrometheusServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Prometheus reads the running demo, and each query of each panel and rule is asked of it. */
@Tag("deploy")
class DashboardsIT {

    /** Nothing, some, much, less, some again: sizes change in both directions while the queries are asked. */
    private static final String LOAD = """
        seconds,replicas
        5,0
        30,3
        20,0.5
        30,2
        600,0.7
        """;

    /** Queries that the demo gives no data for, by the beginning of their place or by what they read; and why. */
    private static final Map<String, String> EMPTY = Map.of(
            "tidegate-spark/", "the demo runs no Spark application",
            "tidegate-workload/Limited by", "nothing limits the size once it fits",
            "tidegate-fleet/Limits", "nothing limits the size once it fits");

    private static DemoStage stage;
    private static AutoCloseable load;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void runTheDemo() throws InterruptedException {
        stage = DemoStage.prepare(0, Progress.console());
        prometheus = stage.startPrometheus(Progress.console());
        load = stage.startLoad(LOAD);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(DashboardsIT::hasMovedBothWays);
    }

    private static boolean hasMovedBothWays() {
        // Somebody asks all the time, so that there are requests; those of Prometheus itself do not count.
        stage.services().processes().forEach(service -> service.get("/v1/workloads"));
        return number("sum(tidegate_workload_decisions_total{action=\"ScaleDown\"})") > 0
                && number("count(tidegate_workload_learned_rate)") > 0
                && number("sum(increase(tidegate_actuations_total{result=\"Applied\"}[1m]))") > 0
                && number("sum(rate(http_server_requests_seconds_count[1m]))") > 0;
    }

    @AfterAll
    static void stop() throws Exception {
        if (load != null) {
            load.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void eachQueryOfEachDashboardReturnsData() throws IOException {
        assertData(ShippedQueries.ofDashboards(), 100);
    }

    @Test
    void eachRecordingRuleReturnsData() throws IOException {
        assertData(ShippedQueries.ofRules(), 25);
    }

    @Test
    void noAlertOfOursFiresInAHealthyDemo() {
        JsonNode firing = prometheus.query("ALERTS{alertstate=\"firing\",area=\"tidegate\"}");
        assertTrue(firing.isEmpty(), firing.toString());
    }

    private static void assertData(List<Shipped> queries, int atLeast) {
        assertTrue(queries.size() >= atLeast, queries.size() + " queries");
        List<String> empty = new ArrayList<>();
        for (Shipped query : queries) {
            boolean expected = EMPTY.keySet().stream().anyMatch(query.where()::startsWith);
            if (!expected && !hasData(query.expr())) {
                empty.add(query.where() + ": " + query.expr());
            }
        }
        assertEquals("", String.join("\n", empty), "queries without data");
    }

    /** Whether some series has a value that is a number. */
    private static boolean hasData(String expr) {
        for (JsonNode series : prometheus.query(expr)) {
            if (!series.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static double number(String expr) {
        JsonNode result = prometheus.query(expr);
        return result.isEmpty() ? 0 : result.at("/0/value/1").asDouble();
    }
}
