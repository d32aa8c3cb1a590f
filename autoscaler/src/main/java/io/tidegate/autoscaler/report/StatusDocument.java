package io.tidegate.autoscaler.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.contracts.id.WorkloadId;
import io.tidegate.contracts.policy.EffectiveSpec;
import io.tidegate.contracts.spark.SparkRun;
import io.tidegate.contracts.target.Target;
import io.tidegate.contracts.target.Target.Condition;
import io.tidegate.contracts.target.Target.SparkDriver;
import io.tidegate.contracts.wire.Excerpt;
import io.tidegate.contracts.wire.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The status of a ScalingPolicy as JSON. */
final class StatusDocument {

    /** Bounds of the CRD; longer texts would make the API server refuse the whole status. */
    private static final int MAX_REASON = 1024;

    private static final int MAX_TEXT = 4096;

    private static final int MAX_HASH = 64;

    private StatusDocument() {}

    /**
     * Renders a status.
     *
     * @param previous the status there is; a condition whose status stays keeps its transition time
     * @param now transition time of the others
     */
    static ObjectNode render(PolicyStatus status, JsonNode previous, Instant now) {
        Target target = status.target();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("observedGeneration", target.generation());
        if (target.specHash() != null) {
            json.put("specHash", Excerpt.within(target.specHash(), MAX_HASH));
        }
        json.put("mode", target.mode().name());
        json.put("target", target(target));
        if (target.effective() != null) {
            json.set("effective", effective(target.effective()));
        }
        putIfKnown(json, "current", status.current());
        putIfKnown(json, "desired", target.replicas());
        json.put("reason", Excerpt.within(target.reason(), MAX_REASON));
        json.put("sentence", Excerpt.within(target.sentence(), MAX_TEXT));
        if (target.limitedBy() != null) {
            json.put("limitedBy", Excerpt.within(target.limitedBy(), MAX_REASON));
        }
        if (target.nextPossibleChange() != null) {
            json.put("nextPossibleChange", time(target.nextPossibleChange()));
        }
        if (target.learnedRate() != null) {
            json.putObject("learnedRate")
                    .put("recordsPerSecond", rounded(target.learnedRate().recordsPerSecond()))
                    .put("confidence", rounded(target.learnedRate().confidence()))
                    .put("samples", target.learnedRate().samples());
        }
        if (target.objectiveHeld() != null) {
            json.put("objectiveHeld", target.objectiveHeld());
        }
        if (target.driver() != null && target.driver().run() != null) {
            json.set("run", run(target.driver().run()));
        }
        json.put("decisionId", target.decisionId());
        json.put("sequence", target.sequence());
        json.put("lastDecisionTime", time(target.decidedAt()));
        ArrayNode conditions = json.putArray("conditions");
        for (Condition condition : status.conditions()) {
            conditions
                    .addObject()
                    .put("type", Excerpt.within(condition.type(), 316))
                    .put("status", condition.status())
                    .put("observedGeneration", target.generation())
                    .put("lastTransitionTime", transition(condition, previous, now))
                    .put("reason", Excerpt.within(condition.reason(), MAX_REASON))
                    .put("message", Excerpt.within(condition.message(), MAX_TEXT));
        }
        return json;
    }

    /** A Spark application that labels name has no name of its own: its driver has. */
    private static String target(Target target) {
        SparkDriver driver = target.driver();
        return driver != null && target.workload().kind().equals(WorkloadId.SPARK_DRIVER)
                ? driver.pod()
                : target.workload().name();
    }

    private static ObjectNode run(SparkRun run) {
        ObjectNode json = Json.mapper().createObjectNode();
        if (run.deadline() != null) {
            json.put("deadline", time(run.deadline()));
        }
        if (run.owner() != null) {
            json.put("owner", run.owner());
        }
        if (run.id() != null) {
            json.put("id", run.id());
        }
        return json;
    }

    private static ObjectNode effective(EffectiveSpec effective) {
        ObjectNode json = Json.mapper().valueToTree(effective);
        json.put("profile", Excerpt.within(effective.inherited().profile(), MAX_REASON));
        json.set("inherited", Json.mapper().valueToTree(effective.inherited().fields()));
        return json;
    }

    private static String transition(Condition condition, JsonNode previous, Instant now) {
        for (JsonNode before : previous.path("conditions")) {
            if (before.path("type").asText().equals(condition.type())
                    && before.path("status").asText().equals(condition.status())
                    && before.path("lastTransitionTime").isTextual()) {
                return before.path("lastTransitionTime").asText();
            }
        }
        return time(now);
    }

    private static void putIfKnown(ObjectNode json, String field, @org.jspecify.annotations.Nullable Integer value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
