package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contracts.wire.Excerpt;
import io.tidegate.contracts.wire.Json;

/** Kubernetes' Status object, with which it says why something failed. */
final class StatusBody {

    private static final int MAX_WORDS = 1024;

    private StatusBody() {}

    /** The server's words. */
    static String words(ApiServer.Response response) {
        String words = parse(response.body()).path("message").asText("");
        if (words.isEmpty()) {
            return "the API server answered " + response.code();
        }
        return Excerpt.of(words, MAX_WORDS);
    }

    /** Whether it says which field is wrong; a failed test of a JSON Patch doesn't. */
    static boolean hasDetails(ApiServer.Response response) {
        JsonNode details = parse(response.body()).path("details");
        return details.has("causes") || details.has("kind");
    }

    static JsonNode parse(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return Json.mapper().missingNode();
        }
    }
}
