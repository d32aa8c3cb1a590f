package io.tidegate.autoscaler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.autoscaler.testing.TargetBuilder;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.SparkDriver;
import io.tidegate.contracts.wire.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunLinksTest {
    private static final RunLinks LINKS = new RunLinks(
            Optional.of("https://ui.example/{namespace}/{pod}/"),
            Optional.of("https://history.example/history/{appId}"),
            Optional.empty());

    private static JsonNode links(RunLinks templates, SparkDriver driver) {
        Target target = TargetBuilder.target().driver(driver).build();
        ObjectNode status = Json.mapper().createObjectNode();
        templates.addTo(status, target);
        return status.path("links");
    }

    @Test
    void areMadeOfTheTemplatesThatThereAre() throws JsonProcessingException {
        assertEquals(
                Json.mapper().readTree("""
                        {"driverUi": "https://ui.example/sales/nightly-1-driver/", "historyServer": "https://history.example/history/spark-1"}
                        """),
                links(LINKS, new SparkDriver("nightly-1-driver", "uid", 0, false, "spark-1", null)));
    }

    @Test
    void waitForTheIdOfTheApplication() throws JsonProcessingException {
        assertEquals(Json.mapper().readTree("""
                        {"driverUi": "https://ui.example/sales/nightly-1-driver/"}
                        """), links(LINKS, new SparkDriver("nightly-1-driver", "uid", 0, false)));
    }

    @Test
    void keepStrangeNamesWithinTheirPlace() {
        assertEquals(
                "https://history.example/history/a%2F..%3Fb",
                links(LINKS, new SparkDriver("driver", "uid", 0, false, "a/..?b", null))
                        .path("historyServer")
                        .asText());
    }

    @Test
    void areAbsentWithoutTemplatesAndWithoutADriver() {
        RunLinks none = new RunLinks(Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(
                true, links(none, new SparkDriver("driver", "uid", 0, false)).isMissingNode());
        ObjectNode status = Json.mapper().createObjectNode();
        LINKS.addTo(status, TargetBuilder.target().build());
        assertEquals(0, status.size());
    }
}
