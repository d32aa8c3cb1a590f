package io.tidegate.collector.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics API says of one pod.
 *
 * @param sampledAt end of the window over which it was measured
 * @param window length of that window
 * @param containers usage by container
 */
record PodUsage(Instant sampledAt, Duration window, Map<String, Amounts> containers) {

    PodUsage {
        containers = Map.copyOf(containers);
    }

    /** Usage of one container; what is absent was not measured. */
    record Amounts(@Nullable Long cpuMilli, @Nullable Long memoryBytes) {}

    /**
     * Reads an object of kind PodMetrics.
     *
     * @throws IllegalArgumentException if any of it can't be used; the message says what
     */
    static PodUsage of(JsonNode metrics) {
        Map<String, Amounts> containers = new HashMap<>();
        for (JsonNode container : metrics.path("containers")) {
            String name = container.path("name").asText();
            JsonNode usage = container.path("usage");
            try {
                containers.put(
                        name,
                        new Amounts(
                                amount(Quantities::milli, usage.get("cpu")),
                                amount(Quantities::units, usage.get("memory"))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("container " + name + ": " + e.getMessage(), e);
            }
        }
        Instant sampledAt = named("timestamp", metrics, ApiTexts::time);
        return new PodUsage(sampledAt, named("window", metrics, ApiTexts::duration), containers);
    }

    private static <T> T named(String field, JsonNode metrics, Function<String, T> reader) {
        try {
            return reader.apply(metrics.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + " is " + e.getMessage(), e);
        }
    }

    private static @Nullable Long amount(ToLongFunction<String> reader, @Nullable JsonNode quantity) {
        try {
            return quantity == null ? null : (Long) reader.applyAsLong(quantity.asText());
        } catch (IllegalArgumentException e) {
            // Its message quotes the number, which may be another in each sample.
            throw new IllegalArgumentException("what it uses is not a quantity, or negative or too large", e);
        }
    }
}
