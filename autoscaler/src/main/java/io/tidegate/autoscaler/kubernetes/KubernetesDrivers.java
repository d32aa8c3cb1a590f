package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.DriverApi;
import io.tidegate.autoscaler.targets.DriverPath;
import io.tidegate.contracts.spark.DesiredExecutors;
import io.tidegate.contracts.wire.AnnotationCodec;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Driver pods by GET, and their annotation by JSON Patch with a test of the pod's uid and of the annotation as it was read. A test
 * with null passes where there is no annotation.
 */
public final class KubernetesDrivers implements DriverApi {

    private static final String ANNOTATIONS = "/metadata/annotations";
    /** Path of the annotation: a slash in a name is written ~1 in a JSON Pointer. */
    private static final String ANNOTATION = ANNOTATIONS + "/" + DesiredExecutors.ANNOTATION.replace("/", "~1");

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;

    private final ApiServer server;

    /** @param timeout longest wait for an answer */
    public KubernetesDrivers(KubernetesClient client, Duration timeout) {
        this.server = new ApiServer(client, timeout);
    }

    @Override
    public Answer read(DriverPath path) {
        try {
            return answer(path, server.get(path.path()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answer write(DriverPath path, Answer.Present expected, DesiredExecutors desired, Attempt attempt) {
        try {
            return answer(
                    path,
                    server.send(
                            "PATCH",
                            path.path(),
                            new ApiServer.Content("application/json-patch+json", patch(path, expected, desired)),
                            attempt.headers()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    static String patch(DriverPath path, Answer.Present expected, DesiredExecutors desired) {
        String text = AnnotationCodec.text(desired);
        ArrayNode patch = Json.mapper().createArrayNode();
        operation(patch, "test", "/metadata/uid").put("value", path.uid());
        if (expected.annotated()) {
            operation(patch, "test", ANNOTATION).put("value", expected.annotation());
            operation(patch, expected.annotation() == null ? "add" : "replace", ANNOTATION)
                    .put("value", text);
        } else {
            operation(patch, "test", ANNOTATIONS).putNull("value");
            operation(patch, "add", ANNOTATIONS).putObject("value").put(DesiredExecutors.ANNOTATION, text);
        }
        return patch.toString();
    }

    private static ObjectNode operation(ArrayNode patch, String operation, String path) {
        return patch.addObject().put("op", operation).put("path", path);
    }

    private static Answer answer(DriverPath path, ApiServer.Response response) {
        if (response.succeeded()) {
            return pod(path, StatusBody.parse(response.body()));
        }
        String words = StatusBody.words(response);
        if (response.code() == NOT_FOUND) {
            return new Answer.Gone(words);
        }
        if (response.code() == CONFLICT || (response.code() == INVALID && !StatusBody.hasDetails(response))) {
            return new Answer.Disagreed(words);
        }
        return response.code() == TOO_MANY || response.code() >= 500
                ? new Answer.Unclear(words + " (" + response.code() + ")")
                : new Answer.Refused(response.code(), words);
    }

    private static Answer pod(DriverPath path, JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        String phase = pod.path("status").path("phase").asText();
        if (!metadata.path("uid").asText().equals(path.uid())) {
            return new Answer.Gone(
                    "the pod " + path.pod() + " was started again; the one that was decided for is gone");
        }
        if (FINISHED.contains(phase)) {
            return new Answer.Gone("the driver pod " + path.pod() + " has finished (" + phase + ")");
        }
        if (metadata.hasNonNull("deletionTimestamp")) {
            return new Answer.Gone("the driver pod " + path.pod() + " is being deleted");
        }
        JsonNode annotations = metadata.path("annotations");
        @Nullable
        String annotation = annotations.path(DesiredExecutors.ANNOTATION).textValue();
        return new Answer.Present(annotation, annotations.isObject());
    }
}
