package io.tidegate.collector.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.contracts.wire.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an object of one of the Spark operators says of its run, or of its runs.
 *
 * @param uid its uid
 * @param state the operator's word for how it stands, such as {@code COMPLETED}; absent before it has one
 * @param lastRun of an application that recurs, the name of the run that was begun last; absent before the first
 * @param template of such an application, what its runs begin with; absent for others
 */
record RunObject(
        String uid,
        @Nullable String state,
        @Nullable String lastRun,
        @Nullable Template template) {

    /** What Spark begins with where nothing is said. */
    private static final int USUAL_EXECUTORS = 2;

    private static final int MOST_EXECUTORS = 1_000_000;
    private static final int MOST_CHARACTERS = 253;
    private static final String INSTANCES = "spark.executor.instances";
    private static final String DYNAMIC = "spark.dynamicAllocation.";

    /**
     * What runs begin with.
     *
     * @param dynamic whether they have dynamic allocation
     * @param executors executors at the beginning
     * @param problem why that can't be changed; absent if it can
     */
    record Template(
            boolean dynamic, int executors, @Nullable String problem) {}

    static RunObject of(GenericKubernetesResource object) {
        Map<String, Object> properties = object.getAdditionalProperties();
        Map<?, ?> status = map(properties.get("status"));
        Map<?, ?> spec = map(properties.get("spec"));
        @Nullable String state = text(map(status.get("applicationState")).get("state"));
        return new RunObject(
                Objects.toString(object.getMetadata().getUid()),
                state == null ? text(map(status.get("currentState")).get("currentStateSummary")) : state,
                text(status.get("lastRunName")),
                spec.containsKey("template") ? template(map(spec.get("template"))) : null);
    }

    /** Keeps what is read, and nothing of the many settings that may hold what is nobody's business. */
    static void trim(GenericKubernetesResource object) {
        Map<String, Object> properties = object.getAdditionalProperties();
        map(properties.get("status")).keySet().retainAll(List.of("applicationState", "currentState", "lastRunName"));
        Map<?, ?> spec = map(properties.get("spec"));
        spec.keySet().retainAll(List.of("template"));
        Map<?, ?> template = map(spec.get("template"));
        template.keySet().retainAll(List.of("executor", "dynamicAllocation", "sparkConf"));
        map(template.get("executor")).keySet().retainAll(List.of("instances"));
        map(template.get("sparkConf")).keySet().removeIf(setting -> !ofExecutors(setting));
    }

    private static boolean ofExecutors(@Nullable Object setting) {
        return INSTANCES.equals(setting) || (setting instanceof String name && name.startsWith(DYNAMIC));
    }

    private static Template template(Map<?, ?> template) {
        List<String> hidden = new ArrayList<>();
        map(template.get("sparkConf")).keySet().stream()
                .filter(RunObject::ofExecutors)
                .forEach(setting -> hidden.add(bounded(String.valueOf(setting))));
        Map<?, ?> allocation = map(template.get("dynamicAllocation"));
        boolean dynamic = Boolean.TRUE.equals(allocation.get("enabled"));
        int executors = dynamic
                ? number(allocation.get("initialExecutors"), number(allocation.get("minExecutors"), 0))
                : number(map(template.get("executor")).get("instances"), USUAL_EXECUTORS);
        return new Template(
                dynamic,
                executors,
                hidden.isEmpty()
                        ? null
                        : "its template says how many executors in sparkConf ("
                                + hidden.stream().sorted().findFirst().orElse("")
                                + "), which is left alone; say it in executor.instances or dynamicAllocation");
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Number number ? Math.clamp(number.longValue(), 0, MOST_EXECUTORS) : otherwise;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? bounded(text) : null;
    }

    private static String bounded(String text) {
        return Excerpt.line(text, MOST_CHARACTERS);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
