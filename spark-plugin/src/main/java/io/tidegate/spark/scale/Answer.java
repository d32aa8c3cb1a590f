package io.tidegate.spark.scale;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the driver answers on its pod.
 *
 * @param taken the desired state taken last. Its bounds are answered even while they are lifted, which the problem tells: a reader must
 *     not take what Spark was configured with for a size that somebody chose
 * @param dynamic whether dynamic allocation is on
 * @param slots tasks that an executor runs at a time
 * @param problem what keeps the plugin from its work
 */
public record Answer(
        String plugin,
        Optional<DesiredState> taken,
        boolean dynamic,
        int slots,
        Counts counts,
        @Nullable String problem) {

    /** Name of the annotation on the driver pod. */
    public static final String ANNOTATION = "tidegate.io/executors-state";

    private static final int MAX_PROBLEM = 400;
    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Executors, counted.
     *
     * @param wanted what Spark asks for
     * @param granted what is asked of the cluster
     * @param running registered and not draining
     * @param draining let go and not gone
     */
    public record Counts(int wanted, int granted, int running, int draining) {}

    public String toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("version", 1).put("plugin", plugin);
        taken.ifPresent(state -> json.put("sequence", state.sequence())
                .put("floor", state.floor())
                .put("cap", state.cap()));
        json.put("dynamic", dynamic).put("slots", slots);
        json.put("wanted", counts.wanted()).put("granted", counts.granted());
        json.put("running", counts.running()).put("draining", counts.draining());
        json.put(
                "problem",
                problem == null || problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM));
        return json.toString();
    }
}
