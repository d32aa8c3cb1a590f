package io.tidegate.autoscaler.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.autoscaler.report.EventApi;
import io.tidegate.autoscaler.report.PolicyEvent;
import io.tidegate.contracts.id.PolicyId;
import io.tidegate.contracts.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Events of the group events.k8s.io. */
public final class KubernetesEvents implements EventApi {

    private static final String CONTROLLER = "tidegate.io/autoscaler";
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final ApiServer server;
    private final String instance;

    /**
     * @param instance who reports
     * @param timeout longest wait for an answer
     */
    public KubernetesEvents(KubernetesClient client, String instance, Duration timeout) {
        this.server = new ApiServer(client, timeout);
        this.instance = instance.length() <= 128 ? instance : instance.substring(0, 128);
    }

    @Override
    public boolean create(String name, PolicyEvent event, Instant at) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
        body.putObject("metadata")
                .put("name", name)
                .put("namespace", event.policy().namespace());
        body.put("eventTime", MICROS.format(at))
                .put("reportingController", CONTROLLER)
                .put("reportingInstance", instance)
                .put("action", event.action())
                .put("reason", event.reason())
                .put("type", event.warning() ? "Warning" : "Normal")
                .put("note", event.note());
        body.putObject("regarding")
                .put("apiVersion", "tidegate.io/v1alpha1")
                .put("kind", PolicyId.KIND)
                .put("namespace", event.policy().namespace())
                .put("name", event.policy().name())
                .put("uid", event.uid());
        return sent("POST", events(event), new ApiServer.Content("application/json", body.toString()));
    }

    @Override
    public boolean repeat(String name, PolicyEvent event, int count, Instant at) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.putObject("series").put("count", count).put("lastObservedTime", MICROS.format(at));
        return sent(
                "PATCH",
                events(event) + "/" + name,
                new ApiServer.Content("application/merge-patch+json", body.toString()));
    }

    private boolean sent(String method, String path, ApiServer.Content content) {
        try {
            return server.send(method, path, content, Map.of()).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    private static String events(PolicyEvent event) {
        return "/apis/events.k8s.io/v1/namespaces/" + event.policy().namespace() + "/events";
    }
}
