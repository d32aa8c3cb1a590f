package io.tidegate.spark.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the autoscaler wants of this driver.
 *
 * @param sequence rises with each; one that is not higher than the last taken is old
 * @param floor executors that are kept even if Spark wants fewer
 * @param cap most executors, at least {@code floor}
 * @param allowStageRetry whether executors may go while a stage reads their shuffle
 */
public record DesiredState(long sequence, int floor, int cap, boolean allowStageRetry) {

    /** Name of the annotation on the driver pod. */
    public static final String ANNOTATION = "tidegate.io/executors";

    /** More than any cluster runs for one driver; keeps sums of sizes within an int. */
    public static final int MAX_EXECUTORS = 100_000;

    static final int MAX_BYTES = 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public DesiredState {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must not be negative");
        }
        if (floor < 0 || cap < floor || cap > MAX_EXECUTORS) {
            throw new IllegalArgumentException("0 <= floor <= cap <= " + MAX_EXECUTORS + " must hold");
        }
    }

    /**
     * Reads the annotation.
     *
     * @throws IllegalArgumentException if it is not one; the message never repeats what it says
     */
    public static DesiredState parse(String text) {
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
        }
        JsonNode json = read(text);
        if (!json.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        if (whole(json, "version", Integer.MAX_VALUE) != 1) {
            throw new IllegalArgumentException("version is not 1");
        }
        return new DesiredState(
                whole(json, "sequence", Long.MAX_VALUE),
                (int) whole(json, "floor", MAX_EXECUTORS),
                (int) whole(json, "cap", MAX_EXECUTORS),
                flag(json, "allowStageRetry"));
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // The parser's message quotes its input, which anybody may have written.
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static long whole(JsonNode json, String name, long most) {
        @Nullable JsonNode value = json.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is not a whole number");
        }
        long number = value.longValue();
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(name + " is out of range");
        }
        return number;
    }

    private static boolean flag(JsonNode json, String name) {
        @Nullable JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + " is neither true nor false");
        }
        return value.booleanValue();
    }
}
