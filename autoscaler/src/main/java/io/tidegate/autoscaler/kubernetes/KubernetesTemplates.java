package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.RunSize;
import io.tidegate.autoscaler.act.TemplateApi;
import io.tidegate.autoscaler.targets.TemplatePath;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Templates of ScheduledSparkApplications by GET, and by merge patch with the resource version that was read: the server refuses it if
 * anything about the object has changed since.
 */
public final class KubernetesTemplates implements TemplateApi {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    private final ApiServer server;

    /** @param timeout longest wait for an answer */
    public KubernetesTemplates(KubernetesClient client, Duration timeout) {
        this.server = new ApiServer(client, timeout);
    }

    @Override
    public Answer read(TemplatePath path) {
        try {
            return answer(path, server.get(path.object().path()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answer write(TemplatePath path, Answer.Present expected, RunSize desired, Attempt attempt) {
        try {
            return answer(
                    path,
                    server.send(
                            "PATCH",
                            path.object().path() + "?fieldManager=tidegate",
                            new ApiServer.Content(
                                    "application/merge-patch+json", patch(path, expected.version(), desired)),
                            attempt.headers()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    static String patch(TemplatePath path, String version, RunSize desired) {
        ObjectNode patch = Json.mapper().createObjectNode();
        patch.putObject("metadata").put("resourceVersion", version);
        ObjectNode template = patch.putObject("spec").putObject("template");
        if (path.dynamic()) {
            template.putObject("dynamicAllocation")
                    .put("initialExecutors", desired.executors())
                    .put("minExecutors", desired.min())
                    .put("maxExecutors", desired.max());
        } else {
            template.putObject("executor").put("instances", desired.executors());
        }
        return patch.toString();
    }

    private static Answer answer(TemplatePath path, ApiServer.Response response) {
        if (response.succeeded()) {
            return object(path, StatusBody.parse(response.body()));
        }
        String words = StatusBody.words(response);
        return switch (response.code()) {
            case NOT_FOUND -> new Answer.Gone(words);
            case CONFLICT -> new Answer.Disagreed(words);
            case TOO_MANY -> new Answer.Unclear(words + " (" + response.code() + ")");
            default ->
                response.code() >= 500
                        ? new Answer.Unclear(words + " (" + response.code() + ")")
                        : new Answer.Refused(response.code(), words);
        };
    }

    private static Answer object(TemplatePath path, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        if (!metadata.path("uid").asText().equals(path.uid())) {
            return new Answer.Gone(
                    "another " + path.object().name() + " was created; the one that was decided for is gone");
        }
        JsonNode template = object.path("spec").path("template");
        JsonNode dynamic = template.path("dynamicAllocation");
        boolean enabled = dynamic.path("enabled").asBoolean(false);
        RunSize size = enabled
                ? new RunSize(
                        number(dynamic, "initialExecutors"),
                        number(dynamic, "minExecutors"),
                        number(dynamic, "maxExecutors"))
                : new RunSize(number(template.path("executor"), "instances"), null, null);
        return new Answer.Present(
                size, enabled, metadata.path("resourceVersion").asText());
    }

    private static @Nullable Integer number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isInt() ? (Integer) value.intValue() : null;
    }
}
