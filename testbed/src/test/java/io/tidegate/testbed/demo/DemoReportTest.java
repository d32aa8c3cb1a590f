package io.tidegate.testbed.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static JsonNode json(List<SparkReport> spark) {
        DemoReport.Latency latency = new DemoReport.Latency(1, 2, 3, 4, 5, 6);
        DemoReport report =
                new DemoReport(true, List.of(), 10, 10, 10_000, 900, 950, List.of(), 12.5, 10, 1.5, latency, spark);
        return new JsonMapper().valueToTree(report);
    }

    @Test
    void saysNothingOfSparkWithoutIt() {
        assertFalse(json(List.of()).has("spark"));
    }

    @Test
    void tellsExecutorsAndDecisionsOfSparkApplications() {
        SparkReport nightly = new SparkReport(
                "nightly",
                true,
                "",
                "partitions=16 sum=120",
                "partitions=16 sum=120",
                List.of(new SparkReport.Change(1.5, 8, 3, 2)),
                60.5,
                List.of(new SparkReport.Why(1.25, "0 -> 3: three are needed.")));

        JsonNode told = json(List.of(nightly)).path("spark").path(0);

        assertEquals(8, told.path("executors").path(0).path("asked").asInt());
        assertEquals(3, told.path("executors").path(0).path("granted").asInt());
        assertEquals(2, told.path("executors").path(0).path("running").asInt());
        assertEquals(60.5, told.path("executor_seconds").asDouble());
        assertEquals(
                "0 -> 3: three are needed.",
                told.path("decisions").path(0).path("sentence").asText());
    }
}
