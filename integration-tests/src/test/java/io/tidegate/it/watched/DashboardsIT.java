package io.tidegate.it.watched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.it.watched.ShippedQueries.Shipped;
import io.tidegate.renderer.Pictures;
import io.tidegate.renderer.Pictures.Picture;
import io.tidegate.renderer.RunningDemo;
import io.tidegate.renderer.board.Span;
import io.tidegate.renderer.browser.Chromium;
import io.tidegate.renderer.browser.Drawing.Drawn;
import io.tidegate.testbed.process.Progress;
import io.tidegate.testbed.prometheus.PrometheusApi;
import io.tidegate.testbed.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Prometheus reads the running demo; each query of each panel and rule is asked of it, and each dashboard is drawn. */
@Tag("deploy")
class DashboardsIT {

    /** Queries that the demo gives no data for, by the beginning of their place or by what they read; and why. */
    private static final Map<String, String> EMPTY = Map.of(
            "tidegate-workload/Limited by", "nothing limits the size once it fits",
            "tidegate-fleet/Limits", "nothing limits the size once it fits");

    private static final String SPARK = "tidegate-spark";
    private static final int LARGEST = 200 * 1024;
    private static final Duration STEP = Duration.ofSeconds(5);

    private static RunningDemo demo;
    private static PrometheusServer prometheus;
    private static PrometheusApi api;

    @BeforeAll
    static void runTheDemo() throws InterruptedException {
        demo = RunningDemo.play(Progress.console());
        prometheus = demo.prometheus();
        api = new PrometheusApi(prometheus.address());
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void eachPanelOfEachDashboardCanBeSeenInABrowser(@TempDir Path folder) throws IOException {
        Optional<Chromium> chromium = Chromium.find(System.getenv());
        assumeTrue(chromium.isPresent(), Chromium.MISSING);
        Span span = new Span(demo.startedAt(), Instant.now(), STEP);
        List<Picture> pictures =
                new Pictures(chromium.orElseThrow(), api).take(span, Optional.of(RunningDemo.WORKLOAD), folder);
        assertEquals(8, pictures.size());
        List<String> wrong = new ArrayList<>();
        for (Picture picture : pictures) {
            for (Drawn panel : picture.panels()) {
                String where = picture.board() + "/" + panel.title();
                if (!panel.visible() && !isExpectedEmpty(where)) {
                    wrong.add(where + " shows nothing");
                }
                if (!panel.cut().isEmpty()) {
                    wrong.add(where + " cuts off " + panel.cut());
                }
            }
            if (picture.bytes() > LARGEST) {
                wrong.add(picture.board() + " has " + picture.bytes() + " bytes");
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void eachQueryOfEachDashboardReturnsData() throws IOException {
        assertData(ShippedQueries.ofDashboards(), 100);
    }

    @Test
    void eachRecordingRuleReturnsData() throws IOException {
        assertData(ShippedQueries.ofRules(), 25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tidegate_decision_latency_seconds_bucket", "tidegate_scale_write_seconds_bucket"})
    void prometheusKeepsTheTraceOfASlowDecisionOrWrite(String histogram) {
        JsonNode series = api.exemplars(histogram, demo.startedAt(), Instant.now());
        assertTrue(
                series.findValuesAsText("trace_id").stream().anyMatch(trace -> trace.matches("[0-9a-f]{32}")),
                series::toString);
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
            if (!isExpectedEmpty(query.where()) && !hasData(query.expr())) {
                empty.add(query.where() + ": " + query.expr());
            }
        }
        assertEquals("", String.join("\n", empty), "queries without data");
    }

    private static boolean isExpectedEmpty(String where) {
        return EMPTY.keySet().stream().anyMatch(where::startsWith)
                || (demo.withoutSpark().isPresent() && where.startsWith(SPARK));
    }

    /** Whether some series has a value that is a number at some time of the demo. */
    private static boolean hasData(String expr) {
        for (JsonNode series : api.over(expr, demo.startedAt(), Instant.now(), STEP.toSeconds())) {
            for (JsonNode value : series.path("values")) {
                if (!value.path(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }
}
