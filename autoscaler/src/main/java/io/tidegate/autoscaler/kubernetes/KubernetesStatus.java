package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.report.StatusApi;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The status of ScalingPolicies, by server-side apply. */
public final class KubernetesStatus implements StatusApi {

    private static final String API_VERSION = "tidegate.io/v1alpha1";
    private static final String FIELD_MANAGER = "tidegate";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final ApiServer server;

    /** @param timeout longest wait for an answer */
    public KubernetesStatus(KubernetesClient client, Duration timeout) {
        this.server = new ApiServer(client, timeout);
    }

    @Override
    public Answer read(PolicyId policy) {
        try {
            return answer(server.get(path(policy)));
        } catch (IOException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answer apply(PolicyId policy, String uid, ObjectNode status) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("apiVersion", API_VERSION).put("kind", PolicyId.KIND);
        body.putObject("metadata").put("name", policy.name()).put("uid", uid);
        body.set("status", status);
        try {
            ApiServer.Response response = server.send(
                    "PATCH",
                    path(policy) + "?fieldManager=" + FIELD_MANAGER + "&force=true",
                    new ApiServer.Content("application/apply-patch+yaml", body.toString()),
                    Map.of());
            return response.code() == CONFLICT ? conflict(policy, uid, response) : answer(response);
        } catch (IOException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    /** Another policy of the same name has another uid; anything else was a write at the same time. */
    private Answer conflict(PolicyId policy, String uid, ApiServer.Response response) {
        return switch (read(policy)) {
            case Answer.Present present ->
                present.uid().equals(uid) ? new Answer.Failed(StatusBody.words(response)) : new Answer.Absent();
            case Answer.Absent absent -> absent;
            case Answer.Failed failed -> failed;
        };
    }

    private static Answer answer(ApiServer.Response response) {
        if (response.succeeded()) {
            JsonNode policy = StatusBody.parse(response.body());
            return new Answer.Present(policy.path("metadata").path("uid").asText(""), policy.path("status"));
        }
        return response.code() == NOT_FOUND
                ? new Answer.Absent()
                : new Answer.Failed(StatusBody.words(response) + " (" + response.code() + ")");
    }

    private static String path(PolicyId policy) {
        return "/apis/" + API_VERSION + "/namespaces/" + policy.namespace() + "/scalingpolicies/" + policy.name()
                + "/status";
    }
}
