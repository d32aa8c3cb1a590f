package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.act.Attempt;
import io.tidegate.autoscaler.act.ScaleApi;
import io.tidegate.autoscaler.targets.ScalePath;
import java.io.IOException;
import java.time.Duration;

/**
 * Scale subresources by GET, and by JSON Patch with a test of the size that was seen. Kubernetes leaves {@code spec.replicas} out
 * of a Scale when it is 0 (seen on 1.36.3), and a test of a field that is not there only passes with null; so 0 is tested
 * and written that way, unless a Scale has been seen that spells it out.
 */
public final class KubernetesScale implements ScaleApi {

    private static final int CONFLICT = 409;
    private static final int INVALID = 422;
    private static final int TOO_MANY = 429;

    private final ApiServer server;
    private volatile boolean zeroIsLeftOut = true;

    /** @param timeout longest wait for an answer */
    public KubernetesScale(KubernetesClient client, Duration timeout) {
        this.server = new ApiServer(client, timeout);
    }

    @Override
    public Answer read(ScalePath path) {
        try {
            return answer(server.get(path.path()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Answer write(ScalePath path, int expected, int desired, Attempt attempt) {
        try {
            return answer(server.send(
                    "PATCH",
                    path.path(),
                    new ApiServer.Content("application/json-patch+json", patch(expected, desired, zeroIsLeftOut)),
                    attempt.headers()));
        } catch (IOException e) {
            return new Answer.Unclear(String.valueOf(e.getMessage()));
        }
    }

    static String patch(int expected, int desired, boolean zeroIsLeftOut) {
        boolean absent = expected == 0 && zeroIsLeftOut;
        return "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":" + (absent ? "null" : expected)
                + "},{\"op\":\"" + (absent ? "add" : "replace") + "\",\"path\":\"/spec/replicas\",\"value\":" + desired
                + "}]";
    }

    private Answer answer(ApiServer.Response response) {
        if (response.succeeded()) {
            JsonNode spec = StatusBody.parse(response.body()).path("spec");
            int replicas = spec.path("replicas").asInt(0);
            if (replicas == 0) {
                zeroIsLeftOut = !spec.has("replicas");
            }
            return new Answer.Size(replicas);
        }
        String words = StatusBody.words(response);
        boolean disagreed =
                response.code() == CONFLICT || (response.code() == INVALID && !StatusBody.hasDetails(response));
        if (disagreed) {
            return new Answer.Disagreed(words);
        }
        if (response.code() == TOO_MANY || response.code() >= 500) {
            return new Answer.Unclear(words + " (" + response.code() + ")");
        }
        return new Answer.Refused(response.code(), words);
    }
}
