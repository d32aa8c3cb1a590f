package io.tidegate.policyengine.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service without a broker: it waits, and says so. */
@QuarkusTest
@TestProfile(WaitingEngineTest.NoBroker.class)
class WaitingEngineTest {

    @Test
    void isLive() {
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void isNotReadyAndSaysWhy() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'engine' }.data.reason", containsString("is"));
    }

    @Test
    void cannotAnswerYet() {
        given().get("/v1/workloads/eu/sales/Deployment/orders/why")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("1"))
                .body("message", startsWith("No answer at the moment: "));
    }

    @Test
    void saysWhatIsWrongWithTheId() {
        given().get("/v1/workloads/orders/why")
                .then()
                .statusCode(400)
                .body(
                        "message",
                        startsWith("The path must be /v1/workloads/{cluster}/{namespace}/{kind}/{name}/why: "));
    }

    @Test
    void saysWhatIsWrongWithTheTime() {
        given().get("/v1/workloads/eu/sales/Deployment/orders/why?at=yesterday")
                .then()
                .statusCode(400)
                .body("message", equalTo("at must be an instant such as 2026-01-02T03:04:05Z, it is 'yesterday'."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "%2B1000000000-12-31T23:59:59.999999999Z",
                "1969-12-31T23:59:59Z",
                "%2B10000-01-01T00:00:00Z"
            })
    void refusesATimeThatTheLogCannotHave(String at) {
        given().urlEncodingEnabled(false)
                .get("/v1/workloads/eu/sales/Deployment/orders/why?at=" + at)
                .then()
                .statusCode(400)
                .body("message", equalTo("at must lie between 1970-01-01T00:00:00Z and 9999-12-31T23:59:59Z."));
    }

    @Test
    void takesAnIdWithEncodedSlashes() {
        given().urlEncodingEnabled(false)
                .get("/v1/workloads/eu%2Fsales%2FDeployment%2Forders/why")
                .then()
                .statusCode(503)
                .body("status", equalTo(503));
    }

    @Test
    void hasItsMetricsFromTheStart() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("tidegate_decisions_total{action=\"ScaleUp\",reason=\"Waking\"} 0.0"))
                .body(containsString("tidegate_decision_seconds_count 0.0"))
                .body(containsString("tidegate_decision_latency_seconds_bucket"))
                .body(containsString("tidegate_facts_total{type=\"sample\"} 0.0"))
                .body(containsString("tidegate_facts_refused_total{reason=\"from_future\"} 0.0"))
                .body(containsString("tidegate_dead_letters_total 0.0"))
                .body(containsString("tidegate_outputs_refused_total 0.0"))
                .body(containsString("tidegate_log_behind_seconds"))
                .body(containsString("tidegate_workloads 0.0"));
    }

    @Test
    void describesItself() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/v1/workloads/{cluster}/{namespace}/{kind}/{name}/why"));
    }

    /** Nothing listens on the port. */
    public static class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tidegate.kafka.bootstrap-servers", "localhost:1");
        }
    }
}
