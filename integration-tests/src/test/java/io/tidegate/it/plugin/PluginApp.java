package io.tidegate.it.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidegate.testbed.Parts;
import io.tidegate.testbed.spark.SparkApp;
import io.tidegate.testbed.spark.SparkAppSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** An application whose driver has the plugin, and the annotations by which it is spoken to. */
final class PluginApp implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String DESIRED = "tidegate.io/executors";
    private static final String ANSWER = "tidegate.io/executors-state";

    private final KubernetesClient client;
    private final SparkApp app;

    private PluginApp(KubernetesClient client, SparkApp app) {
        this.client = client;
        this.app = app;
    }

    static PluginApp submit(Parts testbed, SparkAppSpec spec, SnapshotSink sink) {
        return submit(testbed, spec, sink.address());
    }

    static PluginApp submit(Parts testbed, SparkAppSpec spec, String collector) {
        return new PluginApp(testbed.controlPlane().client(), SparkApp.submit(testbed, spec.withPlugin(collector)));
    }

    /** The annotation as the autoscaler writes it. */
    static String desired(long sequence, int floor, int cap, boolean allowStageRetry) {
        return MAPPER.createObjectNode()
                .put("version", 1)
                .put("sequence", sequence)
                .put("decisionId", "d-" + sequence)
                .put("floor", floor)
                .put("cap", cap)
                .put("allowStageRetry", allowStageRetry)
                .toString();
    }

    void desire(long sequence, int floor, int cap) {
        annotate(desired(sequence, floor, cap, false));
    }

    void annotate(String value) {
        Pod driver = app.driver();
        if (driver == null) {
            throw new IllegalStateException("the driver pod is gone");
        }
        client.resource(driver)
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations(DESIRED, value)
                        .endMetadata()
                        .build());
    }

    /** What the plugin has answered last; empty before the first answer. */
    Optional<JsonNode> answer() {
        Pod driver = app.driver();
        String text =
                driver == null ? null : driver.getMetadata().getAnnotations().get(ANSWER);
        try {
            return text == null ? Optional.empty() : Optional.of(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number of the last answer; -1 if there is none. */
    int answered(String field) {
        return answer().map(json -> json.path(field).asInt(-1)).orElse(-1);
    }

    String problem() {
        return answer().map(json -> json.path("problem").asText("")).orElse("");
    }

    /** How often the driver's log has this text. */
    long logged(String text) {
        if (!Files.exists(app.log())) {
            return 0;
        }
        try (var lines = Files.lines(app.log())) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No task failed, and nothing had to be computed or read again. */
    void assertNothingLost() {
        for (String sign : List.of("FetchFailed", "Lost task", "Resubmitted")) {
            assertEquals(0, logged(sign), sign);
        }
    }

    /** The annotation by which the driver is spoken to, as it is now; empty if there is none. */
    String desired() {
        Pod driver = app.driver();
        return driver == null ? "" : driver.getMetadata().getAnnotations().getOrDefault(DESIRED, "");
    }

    SparkApp app() {
        return app;
    }

    @Override
    public void close() {
        app.close();
    }
}
